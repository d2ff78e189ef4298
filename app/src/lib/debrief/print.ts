/** Prints the page in the light theme: dark surfaces waste ink, and paper shows colours made for white. */

const frames = (count: number) =>
  new Promise<void>((done) => {
    const next = (left: number) =>
      left === 0 ? done() : requestAnimationFrame(() => next(left - 1));
    next(count);
  });

/** Opens the browser's dialog once the charts are drawn in the light theme. Afterwards the theme is as before. */
export async function printPage(): Promise<void> {
  const root = document.documentElement;
  const before = root.dataset["theme"];
  root.dataset["theme"] = "light";
  await frames(3);
  try {
    window.print();
  } finally {
    if (before === undefined) delete root.dataset["theme"];
    else root.dataset["theme"] = before;
  }
}
