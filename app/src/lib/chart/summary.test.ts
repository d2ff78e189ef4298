import { expect, test } from "vitest";
import { formatTime } from "#lib/format.ts";
import { summaryOf } from "./summary.ts";

test("says how many trades, the last price, the range and since when", () => {
  const trades = [
    { price: 99.5, ts: 3_000 },
    { price: -2, ts: 2_000 },
    { price: 101, ts: 1_000 },
  ];
  expect(summaryOf(trades, 0.5)).toBe(
    `3 trades since ${formatTime(1_000)}: last 99.5, low −2.0, high 101.0.`,
  );
  expect(summaryOf(trades.slice(0, 1), 1)).toMatch(/^1 trade since/);
  expect(summaryOf([], 1)).toBe("");
});
