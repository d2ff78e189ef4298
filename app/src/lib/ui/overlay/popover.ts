/** Places a popover beside the element that opened it, and inside the window. */

const MARGIN_PX = 8;
const GAP_PX = 4;

/** Places the popover when it opens. To be called from its `ontoggle`. */
export function placeBeside(opener: HTMLElement, event: ToggleEvent): void {
  const box = event.currentTarget;
  if (event.newState !== "open" || !(box instanceof HTMLElement)) return;
  const at = opener.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(at.left, innerWidth - width - MARGIN_PX);
  const isBelow = at.bottom + height + MARGIN_PX <= innerHeight;
  box.style.left = `${Math.max(MARGIN_PX, left)}px`;
  box.style.top = `${isBelow ? at.bottom + GAP_PX : at.top - height - GAP_PX}px`;
}
