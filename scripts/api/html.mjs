/** Renders blocks as one plain HTML page: no script, styles from api.css, as the server's content policy demands. */

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** @param {{ title: string, blocks: import("./blocks.mjs").Block[] }} page */
export function renderHtml({ title, blocks }) {
  const lines = [
    "<!doctype html>",
    "<!-- Generated from protocol/ by scripts/generate-api.mjs: change it there. -->",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="dark light" />',
    `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    '<meta name="description" content="Every request and message of The Market Making Game." />',
    `<title>${escapeHtml(title)}</title>`,
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml" />',
    '<link rel="stylesheet" href="/api.css" />',
    "</head>",
    "<body>",
    ...contents(blocks),
    "<main>",
    `<h1>${escapeHtml(title)}</h1>`,
    ...blocks.map(renderBlock),
    "</main>",
    "</body>",
    "</html>",
  ];
  return `${lines.join("\n")}\n`;
}

function contents(blocks) {
  const headings = blocks.filter(({ kind, level }) => kind === "heading" && level === 2);
  return [
    '<nav aria-label="Contents">',
    '<a class="home" href="/">The Market Making Game</a>',
    "<ul>",
    ...headings.map(({ id, text }) => `<li><a href="#${id}">${inline(text)}</a></li>`),
    "</ul>",
    "</nav>",
  ];
}

function renderBlock(block) {
  switch (block.kind) {
    case "heading":
      return `<h${block.level} id="${block.id}">${inline(block.text)}</h${block.level}>`;
    case "text":
      return `<p>${inline(block.text)}</p>`;
    case "list":
      return `<ul>\n${block.items.map((item) => `<li>${inline(item)}</li>`).join("\n")}\n</ul>`;
    case "code":
      return `<pre tabindex="0"><code>${escapeHtml(block.text)}</code></pre>`;
    case "table":
      return renderTable(block);
  }
}

function renderTable({ head, rows }) {
  const cells = (tag, row) =>
    `<tr>${row.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join("")}</tr>`;
  return [
    '<div class="table" tabindex="0">',
    "<table>",
    `<thead>${cells("th", head)}</thead>`,
    `<tbody>\n${rows.map((row) => cells("td", row)).join("\n")}\n</tbody>`,
    "</table>",
    "</div>",
  ].join("\n");
}

/** Renders `code`, **bold** and [links](url); everything else is plain text. */
export function inline(text) {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith("`") && part.length > 1
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : escapeHtml(part),
    )
    .join("")
    .replace(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
    .replace(/\[((?:(?!\]\().)+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>');
}

export function escapeHtml(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
