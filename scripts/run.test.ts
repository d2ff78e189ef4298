import { expect, test } from "vitest";
import { runSteps, type Failure, type Step } from "./run.mjs";

const failing = (failures: Failure[], failed = failures.length): Step => ({
  name: "browsers",
  command: ["node", "-e", "process.exit(1)"],
  count: () => ({ passed: 7, failed, failures }),
  alone: (file) => ({ name: file, command: ["node", "-e", ""] }),
});

test("a step that ends badly has failed at least once", async () => {
  const silent = { name: "silent", command: ["node", "-e", "process.exit(1)"] };
  const { passed, failed, badSteps } = await runSteps([silent]);
  expect({ passed, failed, badSteps }).toEqual({ passed: 0, failed: 1, badSteps: ["silent"] });
});

test("each file with failed tests has a step of its own in which it runs alone", async () => {
  const a = { file: "e2e/a.test.ts" };
  const { alone } = await runSteps([
    failing([{ ...a, test: "opens" }, { file: "e2e/b.test.ts" }, { ...a, test: "closes" }]),
  ]);
  expect(alone.map(({ step, failures }) => [step.name, failures])).toEqual([
    ["e2e/a.test.ts", 2],
    ["e2e/b.test.ts", 1],
  ]);
  expect(await runSteps(alone.map(({ step }) => step))).toMatchObject({ passed: 2, failed: 0 });
});

test("a step with a failure that no test explains is not tried alone", async () => {
  expect((await runSteps([failing([], 1)])).alone).toEqual([]);
});
