/** A frame around what has just changed, gone by itself. Whoever wants less motion sees the new value only. */

const FLASH_MS = 700;
const seen = new WeakMap<Element, unknown>();

/** Run whenever `what` may have changed: the first time there is nothing to compare with. */
export function flash(element: Element, what: unknown): void {
  const isNew = seen.has(element) && seen.get(element) !== what;
  seen.set(element, what);
  if (!isNew || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  element.animate(
    [{ boxShadow: "inset 0 0 0 2px currentcolor" }, { boxShadow: "inset 0 0 0 2px transparent" }],
    { duration: FLASH_MS, easing: "ease-in" },
  );
}
