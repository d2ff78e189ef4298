/** What is pressed may go away by that. Whoever uses keys then goes on beside it, not at the top of the page. */
export function keepFocus(event: Event): void {
  if (event.currentTarget instanceof Element)
    event.currentTarget.closest<HTMLElement>("[data-keeps-focus]")?.focus({ preventScroll: true });
}
