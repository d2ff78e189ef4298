/**
 * Gives each route of the app a page of its own in build/: the app's one page, and links that load the route's scripts and
 * styles with the first bytes. Without them a browser learns of these only from the scripts that it has loaded before.
 * The Worker finds a route's page by its path (worker/api/page.ts); an address without a route gets the lobby's.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root } from "./build.mjs";

/** @typedef {{ file: string, imports?: string[], css?: string[] }} Chunk by its source in Vite's manifest */

const generated = ".svelte-kit/generated/build/client-optimized";
/** Modules that a route loads by itself as soon as it has begun. @type {Record<string, string[]>} */
const soon = { "/s/[session]": ["src/lib/chart/session-chart.ts"] };

/** @type {Record<string, Chunk>} */
const manifest = JSON.parse(
  readFileSync(`${root}app/.svelte-kit/output/client/.vite/manifest.json`, "utf8"),
);
/** @type {{ dictionary: Record<string, [node: number]> }} */
const { dictionary } = await import(`${root}app/${generated}/app.js`);
const page = readFileSync(`${root}build/index.html`, "utf8");

for (const [route, [node]] of Object.entries(dictionary)) {
  const sources = [`${generated}/nodes/${node}.js`, ...(soon[route] ?? [])];
  const links = linksOf(sources).filter(({ file }) => !page.includes(file));
  const tags = links.map(({ file, kind }) => `<link href="/${file}" ${kind}>`);
  write(fileOf(route), page.replace("</head>", `${tags.join("\n")}\n</head>`));
}

/** The files that these sources need, with all that they import. */
function linksOf(/** @type {string[]} */ sources) {
  /** @type {Map<string, string>} */
  const kinds = new Map();
  const seen = new Set();
  const add = (/** @type {string} */ source) => {
    if (seen.has(source)) return;
    seen.add(source);
    const chunk = manifest[source];
    if (chunk === undefined) throw new Error(`Vite's manifest has no ${source}`);
    kinds.set(chunk.file, 'rel="modulepreload"');
    for (const sheet of chunk.css ?? []) kinds.set(sheet, 'rel="preload" as="style"');
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const source of sources) add(source);
  return [...kinds].map(([file, kind]) => ({ file, kind }));
}

/** The route's page, with `_` in the place of each parameter. */
function fileOf(/** @type {string} */ route) {
  return route === "/" ? "/index.html" : `${route.replaceAll(/\[\w+\]/g, "_")}.html`;
}

/** Writes a page and its compressed forms, as Kit does for its own. */
function write(/** @type {string} */ name, /** @type {string} */ text) {
  const file = `${root}build${name}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  writeFileSync(`${file}.br`, brotliCompressSync(text));
  writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
}
