/** Runs steps one after the other and counts what they prove. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { quietEnv, root } from "./build.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} command program and arguments, from the root of the project
 * @property {(output: string) => { passed: number, failed: number }} [count] reads the step's own figures; else the step is one
 * @property {Record<string, string>} [env]
 */

/** @returns how much passed and failed; a step that ends badly has failed at least once */
export function runSteps(/** @type {Step[]} */ steps) {
  const total = { passed: 0, failed: 0 };
  for (const { name, command, count, env } of steps) {
    const startMs = Date.now();
    const [program, ...args] = command;
    const result = spawnSync(program ?? "", args, {
      cwd: root,
      env: { ...quietEnv, ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
    });
    const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`;
    const good = result.status === 0;
    const figures = count?.(output) ?? { passed: good ? 1 : 0, failed: good ? 0 : 1 };
    if (!good && figures.failed === 0) figures.failed = 1;
    total.passed += figures.passed;
    total.failed += figures.failed;
    const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
    console.log(
      `${good && figures.failed === 0 ? "ok  " : "FAIL"} ${name}: ${figures.passed} passed, ${figures.failed} failed (${seconds} s)`,
    );
    if (!good || figures.failed > 0) console.log(output.split("\n").slice(-200).join("\n"));
  }
  return total;
}

/** Figures of a Vitest run that wrote its JSON report to `file`. */
export function vitestCount(/** @type {string} */ file) {
  return () => {
    const report = JSON.parse(readFileSync(`${root}${file}`, "utf8"));
    return {
      passed: report.numPassedTests,
      failed:
        report.numFailedTests +
        (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0),
    };
  };
}

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
