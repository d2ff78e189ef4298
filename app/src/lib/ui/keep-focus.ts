/** Moves the focus beside a button that goes away when pressed, so that keys do not start at the top of the page again. */
export function keepFocus(event: Event): void {
  if (event.currentTarget instanceof Element)
    event.currentTarget.closest<HTMLElement>("[data-keeps-focus]")?.focus({ preventScroll: true });
}
