import { expect, test } from "vitest";
import { canTake, nextStep, stepIds, type SessionProgress } from "./steps.ts";

const at = (rest: Partial<SessionProgress>): SessionProgress => ({
  ...{ state: "open", instruments: [{ settled: false }], traders: 3, timeUp: false },
  ...rest,
});
const settled = [{ settled: true }];

test.each([
  [{ instruments: [] }, "prepare"],
  [{}, "news"],
  [{ traders: 0 }, null],
  [{ state: "lobby" }, "open"],
  [{ state: "lobby", instruments: [] }, "prepare"],
  [{ state: "paused" }, "open"],
  [{ state: "paused", timeUp: true }, "settle"],
  [{ instruments: settled }, "close"],
  [{ state: "paused", instruments: settled, timeUp: true }, "close"],
  [{ state: "closed" }, null],
] as [Partial<SessionProgress>, ReturnType<typeof nextStep>][])("%j leads to %s", (rest, step) => {
  expect(nextStep(at(rest))).toBe(step);
  if (step !== null) expect(canTake(step, at(rest))).toBe(true);
});

test("steps that make no sense cannot be taken", () => {
  const possible = (progress: SessionProgress) => stepIds.filter((step) => canTake(step, progress));
  expect(possible(at({}))).toEqual(["prepare", "pause", "news", "settle", "close"]);
  expect(possible(at({ state: "lobby" }))).toEqual(["prepare", "open", "news", "settle", "close"]);
  expect(possible(at({ state: "paused" }))).toEqual(["prepare", "open", "news", "settle", "close"]);
  expect(possible(at({ instruments: settled }))).toEqual(["prepare", "pause", "news", "close"]);
  expect(possible(at({ state: "closed" }))).toEqual([]);
});
