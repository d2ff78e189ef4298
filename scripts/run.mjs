/** Runs steps and counts their passed and failed tests. */

import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { quietEnv, root } from "./build.mjs";

/**
 * @typedef {object} Figures
 * @property {number} passed
 * @property {number} failed
 * @property {Failure[]} [failures] the failed tests, as far as the step tells them
 *
 * @typedef {object} Failure
 * @property {string} file path from the root of the project
 * @property {string} [test] its whole name; absent: the file did not get to its tests
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command program and arguments, from the root of the project
 * @property {(output: string) => Figures} [count] reads the step's own figures; else the step is one
 * @property {Record<string, string>} [env]
 * @property {(file: string) => Step} [alone] the step that runs one of its files only, where what runs beside it may have
 *   made it fail
 *
 * @typedef {object} Alone
 * @property {Step} step runs a file with failures, alone
 * @property {number} failures how many the file had
 */

/** Lines of a failed step's output that are shown. */
const shownLines = 200;

/**
 * @param steps single ones, or several that need each other's results in their order
 * @param atOnce number of steps side by side
 * @param nice by how much they give way to others, as the command `nice` counts
 * @returns how much passed and failed, which steps failed (one that ends badly has failed at least once), and which
 *   steps can tell whether failed tests pass alone
 */
export async function runSteps(/** @type {(Step | Step[])[]} */ steps, atOnce = 1, nice = 0) {
  const total = {
    ...{ passed: 0, failed: 0 },
    badSteps: /** @type {string[]} */ ([]),
    alone: /** @type {Alone[]} */ ([]),
  };
  const waiting = [...steps];
  async function lane() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      for (const step of [next].flat()) {
        const { passed, failed, failures = [] } = await runStep(step, nice);
        total.passed += passed;
        total.failed += failed;
        if (failed > 0) total.badSteps.push(step.name);
        if (step.alone !== undefined && failures.length === failed)
          for (const [file, { length }] of Map.groupBy(failures, (failure) => failure.file))
            total.alone.push({ step: step.alone(file), failures: length });
      }
  }
  await Promise.all(Array.from({ length: atOnce }, lane));
  return total;
}

/** Runs one step and prints its result. */
async function runStep(
  /** @type {Step} */ { name, command, count, env },
  /** @type {number} */ nice,
) {
  const startMs = Date.now();
  const { isGood, output } = await run(
    nice > 0 ? ["nice", "-n", String(nice), ...command] : command,
    env,
  );
  const figures = figuresOf(isGood, counted(count, output));
  const { passed, failed, failures = [] } = figures;
  const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
  const verdict = failed === 0 ? "ok  " : "FAIL";
  console.log(`${verdict} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  for (const failure of failures) console.log(`     failed: ${nameOf(failure)}`);
  if (failed > 0) console.log(output.split("\n").slice(-shownLines).join("\n"));
  return figures;
}

/** @returns {Figures | undefined} undefined if the step printed no figures */
function counted(/** @type {Step["count"]} */ count, /** @type {string} */ output) {
  try {
    return count?.(output);
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** @returns {Figures} */
function figuresOf(
  /** @type {boolean} */ isGood,
  /** @type {Figures} */ counted = { passed: isGood ? 1 : 0, failed: 0 },
) {
  return isGood || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

/** @returns {Promise<{ isGood: boolean, output: string }>} stdout and stderr as they came */
function run(
  /** @type {string[]} */ [program = "", ...args],
  /** @type {Record<string, string> | undefined} */ env,
) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...quietEnv, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const channel of [child.stdout, child.stderr])
      channel.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (fault) => resolve({ isGood: false, output: output + fault.message }));
    child.on("close", (code) => resolve({ isGood: code === 0, output }));
  });
}

/** Figures of a Vitest run that wrote its JSON report to `file`. */
export function vitestCount(/** @type {string} */ file) {
  // The report of an earlier run must not count for this one.
  rmSync(`${root}${file}`, { force: true });
  return () => {
    const report = JSON.parse(readFileSync(`${root}${file}`, "utf8"));
    const failures = report.testResults.flatMap(failuresOf);
    return { passed: report.numPassedTests, failed: failures.length, failures };
  };
}

/** @returns {Failure[]} the failed tests of one file, or the file itself if it did not get to its tests */
function failuresOf(
  /** @type {{ name: string, status: string, assertionResults: { status: string, ancestorTitles: string[], title: string }[] }} */
  { name, status, assertionResults },
) {
  const file = name.replace(root, "");
  const failed = assertionResults.filter((test) => test.status === "failed");
  if (failed.length === 0) return status === "failed" ? [{ file }] : [];
  return failed.map(({ ancestorTitles, title }) => ({
    file,
    test: [...ancestorTitles, title].join(" > "),
  }));
}

const nameOf = (/** @type {Failure} */ { file, test }) =>
  test === undefined ? file : `${file} > ${test}`;

/** Figures of doctest's summaries, summed over the programs that ctest ran verbosely. */
export function doctestCount(/** @type {string} */ output) {
  let passed = 0;
  let failed = 0;
  for (const [, good, bad] of output.matchAll(
    /test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed/g,
  )) {
    passed += Number(good);
    failed += Number(bad);
  }
  return { passed, failed };
}
