/** The second half of a double click on a button that closed its dialog would press whatever lies beneath. */

/** Longer than the systems' double clicks. */
const HALF_SECOND_MS = 500;

/** Lets no second, third... click of a row through for half a second. Keys and first clicks are left alone. */
export function dropDoubleClick(): void {
  const drop = (event: MouseEvent) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", drop, { capture: true });
  setTimeout(() => removeEventListener("click", drop, { capture: true }), HALF_SECOND_MS);
}
