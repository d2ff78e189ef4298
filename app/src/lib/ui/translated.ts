/**
 * Keeps the page alive under a browser's translator. Translators put each text into a `<font>` of their own and take the
 * page's text node out, so that later values would go to a node that nobody sees. Each such node is put back at once, with
 * the translation in it; where the page is marked `translate="no"`, with the text that it had. Knows no component.
 */

/** A node that was taken out, and the element of the translator that stands in its place. */
interface Wrapped {
  readonly text: Text;
  readonly wrapper: HTMLElement;
}

/** Elements that were marked here, so that they are not translated again and again, and the mark of their own. */
const marked = new WeakMap<HTMLElement, string | null>();

/** @returns what ends it */
export function surviveTranslators(root: Node): () => void {
  /** A new value of a text that was translated may be translated as well. */
  const values = new MutationObserver((records) => {
    for (const { target } of records) unmark(target.parentElement);
  });
  const structure = new MutationObserver((records) => {
    const wrapped = wrappedIn(records);
    if (wrapped.length === 0) return;
    for (const { parent, text } of wrapped.map(restore).filter((one) => one.isTranslated)) {
      mark(parent);
      values.observe(text, { characterData: true });
    }
    // Changes that were made here are no news.
    structure.takeRecords();
    values.takeRecords();
  });
  structure.observe(root, { childList: true, subtree: true });
  return () => {
    structure.disconnect();
    values.disconnect();
  };
}

/** Texts that were replaced by a translator's element, or moved into one. */
function wrappedIn(records: readonly MutationRecord[]): Wrapped[] {
  const found: Wrapped[] = [];
  let free: Map<Node, Set<HTMLElement>> | null = null;
  for (const record of records)
    for (const node of record.removedNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      free ??= wrappersIn(records);
      if (free.size === 0) return [];
      const text = node as Text;
      const wrapper = wrapperOf(text, record, free.get(record.target) ?? new Set());
      if (wrapper === undefined) continue;
      free.get(record.target)?.delete(wrapper);
      found.push({ text, wrapper });
    }
  return found;
}

/** The elements of translators that came into the page, by their parents. */
function wrappersIn(records: readonly MutationRecord[]): Map<Node, Set<HTMLElement>> {
  const byParent = new Map<Node, Set<HTMLElement>>();
  for (const { addedNodes } of records)
    for (const node of addedNodes) {
      if (node.nodeName !== "FONT" || !node.isConnected || node.parentNode === null) continue;
      const brothers = byParent.get(node.parentNode) ?? new Set();
      byParent.set(node.parentNode, brothers.add(node as HTMLElement));
    }
  return byParent;
}

/** The wrapper in the place from which the text was taken, or around the text. @param free wrappers with that parent */
function wrapperOf(
  text: Text,
  { addedNodes, previousSibling, nextSibling }: MutationRecord,
  free: ReadonlySet<HTMLElement>,
): HTMLElement | undefined {
  if (text.isConnected) return [...free].find((one) => one.contains(text));
  return [...free].find(
    (one) =>
      one === addedNodes[0] ||
      one === previousSibling ||
      one === nextSibling ||
      (one.previousSibling === previousSibling && one.nextSibling === nextSibling),
  );
}

/** Puts the text back, with the translation in it if its element may be translated. */
function restore({ text, wrapper }: Wrapped): {
  text: Text;
  parent: HTMLElement;
  isTranslated: boolean;
} {
  const parent = wrapper.parentElement ?? wrapper;
  const translation = wrapper.textContent;
  const isTranslated = parent.translate && translation !== text.data;
  wrapper.replaceWith(text);
  if (isTranslated) text.data = translation;
  return { text, parent, isTranslated };
}

function mark(parent: HTMLElement): void {
  if (!marked.has(parent)) marked.set(parent, parent.getAttribute("translate"));
  parent.translate = false;
}

function unmark(parent: HTMLElement | null): void {
  if (parent === null || !marked.has(parent)) return;
  const own = marked.get(parent) ?? null;
  marked.delete(parent);
  if (own === null) parent.removeAttribute("translate");
  else parent.setAttribute("translate", own);
}
