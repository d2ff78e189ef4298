/** Blocks of the API reference. Text in them is Markdown of the simplest kind: `code`, **bold** and [links](url). */

/**
 * @typedef {{ kind: "heading", level: number, text: string, id: string }
 *   | { kind: "text", text: string }
 *   | { kind: "list", items: string[] }
 *   | { kind: "code", text: string, language: string }
 *   | { kind: "table", head: string[], rows: string[][] }} Block
 */

export const heading = (
  level,
  text,
  id = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, ""),
) => ({
  kind: "heading",
  level,
  text,
  id,
});
export const text = (words) => ({ kind: "text", text: words });
export const table = (head, rows) => ({ kind: "table", head, rows });
export const code = (name) => `\`${name}\``;
