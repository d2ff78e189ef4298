/** Finds figures that are cut off: a number of which digits are missing is another number. */

/** The part of a cell that may be missing: a fraction of a pixel. */
const SLACK_PX = 1;

/**
 * Every visible text or field with a digit that a box around it cuts off at a side, with the box. Names may be cut, so a
 * test gives them no digits. What is scrolled out of sight is not cut, nor is what is wholly hidden.
 */
export function cutFigures(root: ParentNode = document.body): string[] {
  return [...cutTexts(root), ...cutFields(root)];
}

/** Figures of one row, list item or heading that lie over each other: neither can be read. */
export function overlaidFigures(root: ParentNode = document.body): string[] {
  return [...root.querySelectorAll("tr, li, header, nav > *, [role=row]")].flatMap((row) => {
    const texts = figuresIn(row);
    return texts.flatMap((one, place) =>
      texts
        .slice(place + 1)
        .filter((other) => lieOver(one.rect, other.rect))
        .map((other) => `"${one.text}" over "${other.text}" in ${describe(row)}`),
    );
  });
}

function lieOver(a: DOMRect, b: DOMRect): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 2 * SLACK_PX && height > 4 * SLACK_PX;
}

function figuresIn(row: Element): { text: string; rect: DOMRect }[] {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const found: { text: string; rect: DOMRect }[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    if (!/\d/.test(text) || node.parentElement === null || !isShown(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) found.push({ text, rect });
  }
  return found;
}

function cutTexts(root: ParentNode): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent ?? "";
    const parent = node.parentElement;
    if (!/\d/.test(text) || parent === null || !isShown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const box = rect.width === 0 ? null : boxThatCuts(rect, parent);
      if (box === null) continue;
      found.push(`"${text.trim()}" in ${describe(parent)}, cut by ${describe(box)}`);
      break;
    }
  }
  return found;
}

function cutFields(root: ParentNode): string[] {
  return [...root.querySelectorAll("input")]
    .filter((field) => /\d/.test(field.value) && isShown(field))
    .filter(({ type }) => !["checkbox", "radio", "hidden"].includes(type))
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + SLACK_PX)
    .map((field) => `"${field.value}" in ${describe(field)}, wider than the field`);
}

/** The nearest box that hides a side of the text; null if all of it is in sight, or can be scrolled to. */
function boxThatCuts(text: DOMRect, element: Element): Element | null {
  for (let box: Element | null = element; box !== null; box = box.parentElement) {
    const { overflowX, position, display } = getComputedStyle(box);
    if (display === "inline" || display === "contents") continue;
    if (overflowX === "auto" || overflowX === "scroll") return null;
    if (overflowX === "hidden" || overflowX === "clip") {
      const { left, right } = box.getBoundingClientRect();
      const isOutside = text.right <= left + SLACK_PX || text.left >= right - SLACK_PX;
      if (isOutside) return null;
      if (text.left < left - SLACK_PX || text.right > right + SLACK_PX) return box;
    }
    if (position === "fixed") return null;
  }
  return null;
}

/** Whether a person sees the element: text for screen readers, and what is faded away, is not. */
function isShown(element: Element): boolean {
  return (
    element.closest(".hidden-text, option, script, style") === null &&
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}

function describe(element: Element): string {
  const testId = element.closest("[data-testid]")?.getAttribute("data-testid") ?? "";
  const classes = [...element.classList].filter((name) => !name.startsWith("svelte-"));
  return `${element.tagName.toLowerCase()}${classes.map((name) => `.${name}`).join("")} (${testId})`;
}
