/** Paths and links in the project's Markdown: each names a file, folder or heading that exists. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
/** Made by builds, tests and servers. */
const generated = new Set(["node_modules", ".git", ".wrangler", ".svelte-kit", ".data", "build"]);
/** Paths of builds, and of a server's data, which the docs describe. */
const notHere = /^(do|d1|\.wrangler)\/$|(^|\/)build(-[a-z]+)?(\/|$)/;
const sources = /\.(ts|mjs|cjs|js|svelte|css|cpp|h|c|sh|md|toml)$/;

/** Every file and folder, folders with a slash at their end, relative to the root. */
function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((one) => {
    if (generated.has(one.name)) return [];
    const name = path.posix.join(folder, one.name);
    return one.isDirectory() ? [`${name}/`, ...filesBelow(name)] : [name];
  });
}

const all = filesBelow("");
const tops = new Set(all.filter((one) => /^[^/]+\/$/.test(one)));
const docs = all.filter((one) =>
  /^((README|ARCHITECTURE|CONTRIBUTING)\.md|docs\/.*\.md|(engine-wasm|client)\/README\.md)$/.test(
    one,
  ),
);
const text = new Map(docs.map((doc) => [doc, readFileSync(path.join(root, doc), "utf8")]));

/** Words of code spans that look like paths of this repository. */
function pathsIn(markdown: string): string[] {
  const spans = [...markdown.matchAll(/`([^`\n]+)`/g)].flatMap(([, span = ""]) => span.split(" "));
  return spans.filter(
    (word) =>
      /^[\w.*-]+(\/[\w.*-]+)*\/?$/.test(word) &&
      !notHere.test(word) &&
      (sources.test(word) || word.endsWith("/") || tops.has(`${word.split("/")[0]}/`)) &&
      (word.includes("/") || sources.test(word)),
  );
}

/** True for the end of a path, as in `turn/turn.ts`; a star stands for any name. */
function exists(word: string): boolean {
  const name = word.replaceAll(".", "\\.").replaceAll("*", "[^/]*");
  const pattern = new RegExp(`(^|/)${name}${word.endsWith("/") ? "" : "/?"}$`);
  return all.some((one) => pattern.test(one));
}

/** Anchors of the headings, as Markdown viewers make them. */
function anchorsIn(markdown: string): string[] {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .trim()
      .replaceAll(" ", "-"),
  );
  return [...headings, ...[...markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)];
}

function isBroken(doc: string, link: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? doc : path.posix.join(path.posix.dirname(doc), file);
  if (!all.some((one) => one === target || one === `${target}/`)) return true;
  return anchor !== undefined && !anchorsIn(text.get(target) ?? "").includes(anchor);
}

test.each(docs)("%s names paths that exist", (doc) => {
  const words = pathsIn(text.get(doc) ?? "");
  expect(words.filter((word) => !exists(word))).toEqual([]);
});

test.each(docs)("%s links to files and headings that exist", (doc) => {
  const links = [...(text.get(doc) ?? "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => to);
  const local = links.filter((link) => !/^(https?:|\/)/.test(link));
  expect(local.filter((link) => isBroken(doc, link))).toEqual([]);
});

test("a path that does not exist is found", () => {
  const named = pathsIn(
    "`game/room.ts`, `node scripts/none.mjs --check`, `turn/gone.ts`, `/ws/{room}`",
  );
  expect(named.filter((word) => !exists(word))).toEqual(["scripts/none.mjs", "turn/gone.ts"]);
  expect(
    ["nowhere.md", "#none", "trading.md#orders"].map((one) => isBroken("docs/api.md", one)),
  ).toEqual([true, true, false]);
});
