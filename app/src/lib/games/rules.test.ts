import { expect, test } from "vitest";
import { explanationOf } from "./rules.ts";

test("the explanation is that of the round's parameters, and the general one where some are secret", () => {
  expect(explanationOf({ format: "dice", params: { faces: 10 } })).toContain("10 faces");
  const questions = [{ question: "How many?", min: 0, max: 9 }];
  expect(explanationOf({ format: "quiz", params: { questions } })).toMatch(/Make a market on it/);
  expect(explanationOf({ format: "unknown", params: {} })).toBe("");
});
