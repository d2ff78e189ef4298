import { expect, test } from "vitest";
import type { Level } from "#protocol";
import { exitOf } from "./exit.ts";

const bids: Level[] = [
  [99, 20],
  [97, 30],
];
const asks: Level[] = [
  [101, 5],
  [103, 5],
];
const others = { bids, asks };
const points = { tick_value: 1 };

test("a long position is sold down the bids, a short one bought up the asks", () => {
  expect(exitOf({ qty: 30, vwap: 100 }, others, points)).toEqual({
    ...{ qty: 30, average: (20 * 99 + 10 * 97) / 30, pnl: -50 },
  });
  expect(exitOf({ qty: -10, vwap: 100 }, others, points)).toEqual({
    ...{ qty: 10, average: 102, pnl: -20 },
  });
  expect(exitOf({ qty: 20, vwap: 98.5 }, others, { tick_value: 5 })?.pnl).toBe(50);
});

test("where the book is too thin there is no sum, but how much of it can be closed", () => {
  expect(exitOf({ qty: 80, vwap: 100 }, others, points)).toMatchObject({ qty: 50, pnl: null });
  expect(exitOf({ qty: 8, vwap: 100 }, { bids: [], asks }, points)).toEqual({
    ...{ qty: 0, average: null, pnl: null },
  });
});

test("a flat position has nothing to close", () => {
  expect(exitOf({ qty: 0, vwap: 0 }, others, points)).toBeNull();
});
