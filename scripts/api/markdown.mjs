/** Renders blocks as Markdown. */

/** @param {{ title: string, blocks: import("./blocks.mjs").Block[] }} page */
export function renderMarkdown({ title, blocks }) {
  const parts = [
    "<!-- Generated from protocol/ by scripts/generate-api.mjs: change it there. -->",
    `# ${title}`,
    ...blocks.map(renderBlock),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderBlock(block) {
  switch (block.kind) {
    case "heading":
      // Markdown viewers give headings of the second level anchors of their own.
      return `${block.level === 2 ? "" : `<a id="${block.id}"></a>\n\n`}${"#".repeat(block.level)} ${block.text}`;
    case "text":
      return block.text;
    case "list":
      return block.items.map((item) => `- ${item}`).join("\n");
    case "code":
      return `\`\`\`${block.language}\n${block.text}\n\`\`\``;
    case "table":
      return [row(block.head), row(block.head.map(() => "---")), ...block.rows.map(row)].join("\n");
  }
}

/** Escapes bars, which would end the cell, within code as well. */
function row(cells) {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
