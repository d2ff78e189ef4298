/** Rules of the linter and of the layers: each pattern of files still matches a file, else the rule guards nothing. */

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import eslintRules from "../eslint.config.js";

interface Place {
  path?: string | string[];
  pathNot?: string | string[];
}
interface LayerRule {
  name: string;
  from: Place;
  to: Place;
}

const root = path.resolve(import.meta.dirname, "..");
const generated =
  /(^|\/)(node_modules|\.git|\.wrangler|\.svelte-kit|\.data|build[a-z-]*|out)(\/|$)/;
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (name) => !generated.test(name),
);
const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
  forbidden: LayerRule[];
};

/** Glob patterns of this project's own rules; those of plugins name kinds of files only. */
const globs = eslintRules
  .flatMap(({ files: named = [], ignores = [], rules }) => (rules ? [...named, ...ignores] : []))
  .flat()
  .filter((pattern) => /^[\w{]/.test(pattern));

/** Alternatives of a layer rule's `from`; the others say what is not there. */
const regexes = forbidden.flatMap(({ name, from }) =>
  [from.path ?? []].flat().map((pattern) => [name, pattern] as const),
);

test.each(globs)("the linter's %s matches a file", (glob) => {
  expect(files.some((file) => path.matchesGlob(file, glob))).toBe(true);
});

test.each(regexes)("the layer rule %s matches a file by %s", (_rule, pattern) => {
  expect(files.some((file) => new RegExp(pattern).test(file))).toBe(true);
});

test("a pattern that matches no file is seen", () => {
  expect(globs.length).toBeGreaterThan(10);
  expect(files.some((file) => path.matchesGlob(file, "worker/room/{absence,turn}.ts"))).toBe(false);
});
