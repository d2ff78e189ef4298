/**
 * Writes docs/api.md and, in app/static, the API's pages (api.html, asyncapi.html), OpenAPI and AsyncAPI from the schemas
 * in protocol/.
 *
 *   node scripts/generate-api.mjs            write them
 *   node scripts/generate-api.mjs --check    exit 1 if what is there is not what the schemas give
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { asyncApi } from "./api/asyncapi.mjs";
import { byExample } from "./api/by-example.mjs";
import { renderHtml } from "./api/html.mjs";
import { renderMarkdown } from "./api/markdown.mjs";
import { openApi } from "./api/openapi.mjs";
import { reference } from "./api/reference.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = reference();
const files = {
  "docs/api.md": renderMarkdown(page),
  "app/static/api.html": renderHtml(page),
  "app/static/asyncapi.html": renderHtml(byExample()),
  "app/static/asyncapi.json": `${JSON.stringify(asyncApi(), null, 2)}\n`,
  "app/static/openapi.json": `${JSON.stringify(openApi(), null, 2)}\n`,
};

if (process.argv.includes("--check")) {
  const stale = Object.entries(files).filter(([file, text]) => read(file) !== text);
  for (const [file] of stale) console.error(`${file} is not what protocol/ gives.`);
  if (stale.length > 0) {
    console.error("Run: node scripts/generate-api.mjs, and commit what it writes.");
    process.exit(1);
  }
} else for (const [file, text] of Object.entries(files)) writeFileSync(`${root}${file}`, text);

function read(file) {
  try {
    return readFileSync(`${root}${file}`, "utf8");
  } catch {
    return null;
  }
}
