/** A translator as browsers have them: puts every text into elements of its own, and the page's text nodes out. */

export interface Translating {
  /** Whether texts marked `translate="no"` are left alone, as they should be. */
  respects: boolean;
}

/** Translates every text that is shown: each gets guillemets around it. @returns how many */
export function translatePage({ respects }: Translating): number {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { data, parentElement: parent } = node as Text;
    if (data.trim() === "" || parent === null || parent.closest("script, style, textarea"))
      continue;
    if (!respects || parent.translate) texts.push(node as Text);
  }
  for (const [nth, text] of texts.entries()) {
    const outer = document.createElement("font");
    const inner = outer.appendChild(document.createElement("font"));
    inner.textContent = `«${text.data}»`;
    // Some replace, some put theirs before and take the text out, some put it into theirs.
    if (nth % 3 === 0) text.replaceWith(outer);
    else if (nth % 3 === 1) {
      text.before(outer);
      text.remove();
    } else {
      text.replaceWith(outer);
      outer.replaceChildren(text);
    }
  }
  return texts.length;
}
