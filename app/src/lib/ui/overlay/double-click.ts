/** Drops the second click of a double click on a button that closes its dialog: it would hit the page below. */

/** Time longer than a double click takes on any system. */
const DOUBLE_CLICK_MS = 500;

/** Drops the further clicks of a multiple click that has closed a dialog. The next single click works again. */
export function dropDoubleClick(): void {
  const leave = () => removeEventListener("click", drop, { capture: true });
  const drop = (event: MouseEvent) => {
    if (event.detail < 2) return leave();
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", drop, { capture: true });
  setTimeout(leave, DOUBLE_CLICK_MS);
}
