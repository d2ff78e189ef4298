/**
 * `npm test`: everything that proves the project. Ends with a line "N passed, N failed".
 *
 * The whole game comes first. Its tests wait much of their time, for servers that start and for what must not happen:
 * the steps that only compute fill the gaps, and give way to it. Components and rooms follow once it is done.
 */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { root } from "./build.mjs";
import { checks, engineChecks, engineCheckTools } from "./check.mjs";
import { isEngineTested, noteEngineTested } from "./engine-lock.mjs";
import { doctestCount, runSteps, vitestCount } from "./run.mjs";
import { needTools, wantTools } from "./tools.mjs";

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
wantTools(["chromium-headless-shell"]);
mkdirSync(`${root}e2e/out`, { recursive: true });
// Kit writes its types once, before several steps read them.
sync();

/** By how much computing gives way to servers and browsers. */
const givingWay = 10;
const oneWorker = "--maxWorkers=1";
const twoWorkers = "--maxWorkers=2";
/** Number of files beyond which the machine is not what made them fail. */
const mostAlone = 3;
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
    timed("the whole game: wire, crash and browser", "e2e", ["e2e"]),
  ],
]);
/** Rooms wait for most of their time, and browsers draw. */
const rest = await runSteps(
  [
    timed("the room in workerd", "workerd", ["workerd"], twoWorkers),
    timed("components in a browser", "components", ["components"], twoWorkers),
  ],
  2,
);

const parts = [await computing, game, rest];
const badSteps = parts.flatMap((part) => part.badSteps);
if (!isEngineLeftOut && !engineSteps.some(({ name }) => badSteps.includes(name)))
  noteEngineTested();
const unsteady = await passingAlone(parts.flatMap(({ alone }) => alone));
const passed = parts.reduce((sum, part) => sum + part.passed, unsteady);
const failed = parts.reduce((sum, part) => sum + part.failed, -unsteady);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * Runs files once more in which tests have failed beside others, now with nothing beside them. Tests of one that passes are
 * unsteady: a fault to mend, in them or in what they test, but none of the change. A file runs whole, as its tests may need
 * each other.
 *
 * @returns {Promise<number>} how many tests are unsteady
 */
async function passingAlone(/** @type {import("./run.mjs").Alone[]} */ files) {
  if (files.length > mostAlone) return 0;
  let unsteady = 0;
  for (const { step, failures } of files) {
    const { passed, failed } = await runSteps([step]);
    if (passed > 0 && failed === 0) unsteady += failures;
  }
  if (unsteady > 0) console.log(`${unsteady} unsteady: failed beside others, passed alone`);
  return unsteady;
}

function sync() {
  const { status } = spawnSync("svelte-kit", ["sync"], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Tests of servers and browsers, which other steps can slow down until one fails. */
function timed(
  /** @type {string} */ name,
  /** @type {string} */ report,
  /** @type {string[]} */ projects,
  /** @type {string[]} */ ...options
) {
  const alone = (/** @type {string} */ file) => vitest(`alone: ${file}`, "alone", projects, file);
  return { ...vitest(name, report, projects, ...options), alone };
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
