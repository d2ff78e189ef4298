/**
 * Moves the focus from a button that disappears when pressed to the element around it that has `data-keeps-focus`, so
 * that the next Tab does not start at the top of the page.
 */
export function keepFocus(event: Event): void {
  if (event.currentTarget instanceof Element)
    event.currentTarget.closest<HTMLElement>("[data-keeps-focus]")?.focus({ preventScroll: true });
}
