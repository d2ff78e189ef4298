/** `npm test`: everything that proves the project. Ends with a line "N passed, N failed". */

import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { build, root } from "./build.mjs";
import { checks, engineChecks, engineCheckTools } from "./check.mjs";
import { isEngineTested, noteEngineTested } from "./engine-lock.mjs";
import { doctestCount, runSteps, vitestCount } from "./run.mjs";
import { needTools } from "./tools.mjs";

const cores = availableParallelism();
const nativeDir = "engine-wasm/build-sanitized";

const engineTests = [
  {
    name: "engine: native build with sanitizers",
    command: ["cmake", "-S", "engine-wasm", "-B", nativeDir, "-DMM_SANITIZE=ON"],
  },
  { name: "engine: compile", command: ["cmake", "--build", nativeDir, "-j", String(cores)] },
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
else needTools([...engineCheckTools, "clang++", "emcc"]);
needTools(["chromium"]);
mkdirSync(`${root}e2e/out`, { recursive: true });
build();

const engine = isEngineLeftOut
  ? { passed: 0, failed: 0 }
  : await runSteps([engineTests, ...engineChecks], cores);
if (!isEngineLeftOut && engine.failed === 0) noteEngineTested();

// Each step keeps about one core busy; browsers and servers want the machine for themselves.
const oneWorker = "--maxWorkers=1";
const steps = await runSteps(
  [
    vitest("units", "units", ["unit"], oneWorker),
    vitest("the room in workerd", "workerd", ["workerd"], oneWorker),
    vitest("components in a browser", "components", ["components", "components on a phone"]),
    vitest("app logic", "app", ["app"], oneWorker),
    ...checks,
  ],
  Math.max(2, cores),
);
const game = await runSteps([vitest("the whole game: wire, crash and browser", "e2e", ["e2e"])]);

const parts = [engine, steps, game];
const passed = parts.reduce((sum, part) => sum + part.passed, 0);
const failed = parts.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

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
