/**
 * Runs clang-tidy over the engine. All sources are read as one: the standard library's headers take most of the time,
 * and the analyzer looks into the file that it is given only.
 */

import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "./build.mjs";

/** Nodes of a function after which the analyzer gives up: clang's number for a shallow look, a third of its usual one. */
const mostNodes = 75_000;

const home = `${root}engine-wasm/`;
const sources = globSync("src/**/*.cpp", { cwd: home })
  .filter((file) => !file.includes("wasm_exports"))
  .sort();

const folder = mkdtempSync(path.join(tmpdir(), "engine-lint-"));
try {
  const all = path.join(folder, "all.cpp");
  writeFileSync(all, asOne(sources));
  if (!isClean([all])) {
    // Each by itself, for the places in the files.
    if (isClean(sources)) console.error("clang-tidy complains of all sources read as one.");
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** @returns the text of all files; of the includes only those that no file before has, and those that one file has twice */
function asOne(/** @type {string[]} */ files) {
  /** @type {Set<string>} */
  const before = new Set();
  const texts = files.map((file) => {
    const own = new Set();
    const text = readFileSync(home + file, "utf8").replaceAll(/^#include .*$/gm, (line) => {
      const isNew = !before.has(line) || own.has(line);
      own.add(line);
      return isNew ? line : "";
    });
    for (const line of own) before.add(line);
    return text;
  });
  return texts.join("\n");
}

/** Whether clang-tidy has nothing to say of the files. */
function isClean(/** @type {string[]} */ files) {
  const flags = [
    ...["-std=c++17", `-I${home}include`, `-I${home}src`, "-fno-exceptions", "-fno-rtti"],
    ...["-Xclang", "-analyzer-config", "-Xclang", `max-nodes=${mostNodes}`],
  ];
  const { status, stdout, stderr } = spawnSync(
    "clang-tidy-14",
    [
      ...[`--config-file=${home}.clang-tidy`, "--quiet", "--warnings-as-errors=*"],
      ...[...files, "--", ...flags],
    ],
    { cwd: home, encoding: "utf8" },
  );
  if (status !== 0) console.error(stdout, stderr);
  return status === 0;
}
