/** Runs clang-tidy over the engine with the compile commands of its native build. */

import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { root } from "./build.mjs";

const buildDir = "engine-wasm/build-tidy";
run("cmake", ["-S", "engine-wasm", "-B", buildDir]);
const sources = globSync("engine-wasm/src/**/*.cpp", { cwd: root }).filter(
  (file) => !file.includes("wasm_exports"),
);
run(
  "xargs",
  [
    "-P",
    String(availableParallelism()),
    "-n",
    "4",
    "clang-tidy-14",
    "--quiet",
    "--warnings-as-errors=*",
    "-p",
    buildDir,
  ],
  sources.join("\n"),
);

function run(
  /** @type {string} */ program,
  /** @type {string[]} */ args,
  /** @type {string} */ input = "",
) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    input,
    encoding: "utf8",
  });
  if (status === 0) return;
  console.error(stdout, stderr);
  process.exit(1);
}
