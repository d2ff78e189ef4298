/**
 * Moves the focus from a button that disappears when pressed to its neighbour, so that it does not go to the top of the
 * page.
 */
export function keepFocus(event: Event): void {
  if (event.currentTarget instanceof Element)
    event.currentTarget.closest<HTMLElement>("[data-keeps-focus]")?.focus({ preventScroll: true });
}
