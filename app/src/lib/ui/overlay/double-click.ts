/** Drops the second half of a double click on a button that closes its dialog: it would press the page beneath. */

/** Time longer than a double click takes on any system. */
const DOUBLE_CLICK_MS = 500;

/** Lets no further click of the series through that closed the dialog. A single click begins a new series. */
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
