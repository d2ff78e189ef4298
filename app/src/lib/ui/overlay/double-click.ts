/** The second half of a double click on a button that closed its dialog would press whatever lies beneath. */

/** Longer than the systems' double clicks. */
const HALF_SECOND_MS = 500;

/** Lets no further click of the row through in which the dialog was closed. A first click begins another row. */
export function dropDoubleClick(): void {
  const leave = () => removeEventListener("click", drop, { capture: true });
  const drop = (event: MouseEvent) => {
    if (event.detail < 2) return leave();
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", drop, { capture: true });
  setTimeout(leave, HALF_SECOND_MS);
}
