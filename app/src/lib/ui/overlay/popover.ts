/** Places a popover beside the element that opened it, and inside the window. */

const MARGIN_PX = 8;
const GAP_PX = 4;

/** Places the popover when it opens. To be called from its `ontoggle`. */
export function placeBeside(opener: HTMLElement, event: ToggleEvent): void {
  const box = event.currentTarget;
  if (event.newState === "open" && box instanceof HTMLElement) placeAt(opener, box);
}

/** Places an open popover below the element, or above it. */
export function placeAt(opener: HTMLElement, box: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - width - MARGIN_PX);
  const isBelow = at.bottom + height + MARGIN_PX <= innerHeight;
  box.style.left = `${Math.max(MARGIN_PX, left)}px`;
  // Covers the element where there is room neither below nor above.
  const top = isBelow ? at.bottom + GAP_PX : at.top - height - GAP_PX;
  box.style.top = `${Math.max(MARGIN_PX, Math.min(top, innerHeight - height - MARGIN_PX))}px`;
}
