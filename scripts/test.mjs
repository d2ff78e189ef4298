/**
 * `npm test`: everything that proves the project. Ends with a line "N passed, N failed".
 *
 * The whole game comes first. Its tests wait much of their time, for servers that start and for what must not happen:
 * the steps that only compute fill the gaps, and give way to it. Browsers and workerd follow once it is done.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { root } from "./build.mjs";
import { checks, engineChecks, engineCheckTools } from "./check.mjs";
import { isEngineTested, noteEngineTested } from "./engine-lock.mjs";
import { doctestCount, runSteps, vitestCount } from "./run.mjs";
import { needTools } from "./tools.mjs";

const cores = availableParallelism();
const nativeDir = "engine-wasm/build-sanitized";

const engineTests = [
  {
    name: "engine: native build with sanitizers",
    command: [
      "cmake",
      "-S",
      "engine-wasm",
      "-B",
      nativeDir,
      "-DMM_SANITIZE=ON",
      "-DMM_TOGETHER=ON",
    ],
  },
  {
    name: "engine: compile",
    command: ["cmake", "--build", nativeDir, "--target", "all_tests", "-j", String(cores)],
  },
  {
    name: "engine: native tests",
    command: ["ctest", "--test-dir", nativeDir, "--verbose", "-j", String(cores)],
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

const isEngineLeftOut = isEngineTested();
if (isEngineLeftOut)
  console.log(
    "The engine is as it was when its own tests passed: they are left out (CI=true runs them).",
  );
else
  needTools([
    ...[...engineCheckTools, "cmake", "make", "/usr/include/doctest/doctest.h"],
    ...["clang++", "emcc"],
  ]);
needTools(["chromium", "python3", "sqlite3"]);
mkdirSync(`${root}e2e/out`, { recursive: true });
// Kit writes its types once, before several steps read them.
sync();

/** By how much computing gives way to servers and browsers. */
const givingWay = 10;
const oneWorker = "--maxWorkers=1";
const engineSteps = isEngineLeftOut ? [] : [...engineTests, ...engineChecks];
const computing = runSteps(
  [
    ...(isEngineLeftOut ? [] : [engineTests, ...engineChecks]),
    vitest("units", "units", ["unit"], oneWorker),
    vitest("app logic", "app", ["app"], oneWorker),
    ...checks,
  ],
  Math.max(2, cores),
  givingWay,
);
const game = await runSteps([
  [
    { name: "build", command: ["node", "scripts/build.mjs"] },
    vitest("the whole game: wire, crash and browser", "e2e", ["e2e"]),
  ],
]);
const rooms = await runSteps(
  [
    vitest("components in a browser", "components", ["components", "components on a phone"]),
    vitest("the room in workerd", "workerd", ["workerd"], oneWorker),
  ],
  2,
);

const parts = [await computing, game, rooms];
const badSteps = parts.flatMap((part) => part.badSteps);
if (!isEngineLeftOut && !engineSteps.some(({ name }) => badSteps.includes(name)))
  noteEngineTested();
const passed = parts.reduce((sum, part) => sum + part.passed, 0);
const failed = parts.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function sync() {
  const { status } = spawnSync("svelte-kit", ["sync"], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

function vitest(
  /** @type {string} */ name,
  /** @type {string} */ report,
  /** @type {string[]} */ projects,
  /** @type {string[]} */ ...options
) {
  const file = `e2e/out/${report}.json`;
  return {
    name,
    command: [
      ...["vitest", "run", ...projects.flatMap((project) => ["--project", project]), ...options],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    ],
    count: vitestCount(file),
  };
}
