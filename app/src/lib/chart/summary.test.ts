import { expect, test } from "vitest";
import { formatTime } from "#lib/format.ts";
import { summaryOf } from "./summary.ts";

test("says how many trades, the last price, the range and since when, by the room's figures", () => {
  const path = [[1_000, 101] as const, [3_000, 99.5] as const];
  const traded = { trades: 30, last: 99.5, high: 101, low: -2, path };
  expect(summaryOf(traded, 0.5)).toBe(
    `30 trades since ${formatTime(1_000)}: last 99.5, low −2.0, high 101.0.`,
  );
  expect(summaryOf({ ...traded, trades: 1 }, 1)).toMatch(/^1 trade since/);
  expect(summaryOf({ ...traded, path: [] }, 1)).toBe("");
});
