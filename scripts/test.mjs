/** `npm test`: everything that proves the project. Ends with a line "N passed, N failed". */

import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { build, root } from "./build.mjs";
import { check } from "./check.mjs";
import { doctestCount, runSteps, vitestCount } from "./run.mjs";
import { needTools } from "./tools.mjs";

const cores = String(availableParallelism());
const nativeDir = "engine-wasm/build-sanitized";

needTools([
  "g++",
  "clang++",
  "clang-tidy-14",
  "cmake",
  "make",
  "emcc",
  "chromium",
  "/usr/include/doctest/doctest.h",
]);
mkdirSync(`${root}e2e/out`, { recursive: true });
build();
const engine = [
  {
    name: "engine: native build with sanitizers",
    command: ["cmake", "-S", "engine-wasm", "-B", nativeDir, "-DMM_SANITIZE=ON"],
  },
  { name: "engine: compile", command: ["cmake", "--build", nativeDir, "-j", cores] },
  {
    name: "engine: native tests",
    command: ["ctest", "--test-dir", nativeDir, "--verbose", "-j", cores],
    count: doctestCount,
  },
  {
    name: "engine: golden vectors by gcc and clang, -O0 and -O3",
    command: ["node", "engine-wasm/compilers.mjs"],
    count: doctestCount,
  },
  {
    name: "engine: the committed WASM is what the sources give",
    command: ["node", "engine-wasm/build-wasm.mjs", "--check"],
  },
];
const units = vitest("units, app logic and the room in workerd", "units", [
  "--project",
  "unit",
  "--project",
  "app",
  "--project",
  "workerd",
]);
const components = vitest("components in a browser", "components", [
  "--project",
  "components",
  "--project",
  "components on a phone",
]);
const game = vitest("the whole game: wire, crash and browser", "e2e", ["--project", "e2e"]);

// The engine's part and the units keep about a core busy each; browsers and servers want the machine for themselves.
const parts = [
  await check(),
  ...(await Promise.all([runSteps(engine), runSteps([units])])),
  await runSteps([components]),
  await runSteps([game]),
];

const passed = parts.reduce((sum, part) => sum + part.passed, 0);
const failed = parts.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function vitest(
  /** @type {string} */ name,
  /** @type {string} */ report,
  /** @type {string[]} */ args,
) {
  const file = `e2e/out/${report}.json`;
  return {
    name,
    command: [
      "vitest",
      "run",
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    count: vitestCount(file),
  };
}
