/** Frames an element for a moment when its value has changed, unless the user wants less motion. */

const FLASH_MS = 700;
const seen = new WeakMap<Element, unknown>();

/** To be called whenever the value may have changed. The first call only remembers the value. */
export function flash(element: Element, value: unknown): void {
  const isNew = seen.has(element) && seen.get(element) !== value;
  seen.set(element, value);
  if (!isNew || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  element.animate(
    [{ boxShadow: "inset 0 0 0 2px currentcolor" }, { boxShadow: "inset 0 0 0 2px transparent" }],
    { duration: FLASH_MS, easing: "ease-in" },
  );
}
