/**
 * Puts the page on paper, however its printing begins: in the light theme, for dark surfaces waste ink, with charts drawn
 * anew. A browser lays a page out for paper without telling its parts: a canvas would keep its width and colours.
 */

/** Draws a part for paper at once. @returns what takes it away again */
type Draw = () => () => void;

const parts = new Set<Draw>();

/** Lets a part be drawn for paper. @returns a function that ends it */
export function forPaper(draw: Draw): () => void {
  parts.add(draw);
  return () => parts.delete(draw);
}

/** Follows the browser's printing. @returns a function that ends it */
export function followPrinting(): () => void {
  let undo: (() => void)[] = [];
  const before = () => {
    after();
    const root = document.documentElement;
    const theme = root.dataset["theme"];
    root.dataset["theme"] = "light";
    undo = [...parts].map((draw) => draw());
    undo.push(() => {
      if (theme === undefined) delete root.dataset["theme"];
      else root.dataset["theme"] = theme;
    });
  };
  const after = () => {
    for (const one of undo) one();
    undo = [];
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
    after();
  };
}
