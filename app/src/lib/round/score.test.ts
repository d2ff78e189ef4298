import { expect, test } from "vitest";
import { formatScore, scoreClass } from "./score.ts";

test("a score in money is written as P&L is, others as numbers", () => {
  expect(formatScore(335, "pnl", 2)).toBe("+335.00");
  expect(formatScore(-1_335.5, "luck_adjusted", 2)).toBe("−1,335.50");
  expect(formatScore(4, "rank", 2)).toBe("4.0");
  expect(formatScore(0.25, "risk_adjusted", 2)).toBe("0.25");
  expect(formatScore(0, "pnl", 0)).toBe("0");
  expect([scoreClass(3, "pnl"), scoreClass(-3, "pnl"), scoreClass(-3, "rank")]).toEqual([
    ...["profit", "loss", ""],
  ]);
});
