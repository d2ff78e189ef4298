/** Money as shown: exact at every size, with a gain and the other side's loss the same amount. */

import { describe, expect, test } from "vitest";
import { moneyDecimals, toMoney, twice, valueHolding } from "./money.ts";
import type { EnginePort, Units } from "../engine-port.ts";
import { seeded } from "../testing/table.ts";

describe("money", () => {
  test.each<[Units, number, number, number]>([
    [2, 0, 1_000_000, 1],
    [3, 6, 1_000_000, 0.000001], // One and a half: halves go towards zero,
    [-3, 6, 1_000_000, -0.000001],
    [1, 6, 1_000_000, 0],
    [3n, 6, 1_000_000, 0.000001], // however they are counted.
    [-3n, 6, 1_000_000, -0.000001],
    [-1n, 6, 1_000_000, 0],
    [4n, 6, 1_000_000, 0.000002],
    [2n * 10n ** 30n, 6, 1_000_000, 1e24],
    [2n * 9_007_199_254_740_991_000_001n, 6, 1_000_000, 9_007_199_254_740_991],
    [-2n * 5_000_000_000_000_001n, 0, 1_000_000, -5_000_000_000_000_001],
    [2n ** 70n, 6, 1, 590_295_810.3587056],
    [2, 2, 100, 0.000001], // A tick of 0.01 at 0.0001 the point.
    [2, 4, 100, 0.00000001],
    [-3, 4, 100, -0.00000001],
    [-2n, 4, 100, -0.00000001],
    [2, 6, 1, 0.000000000001],
    [2_000_000_000, 6, 123_456, 123.456],
  ])(
    "is %s halves of a unit of %s decimals at %s millionths: %s",
    (half, decimals, tick, money) => {
      expect(toMoney(half, decimals, tick)).toBe(money);
    },
  );

  test("has six decimals, or as many as price and tick value have together", () => {
    expect([
      moneyDecimals(0, 1_000_000),
      moneyDecimals(6, 1_000_000),
      moneyDecimals(6, 2_500_000),
      moneyDecimals(2, 100),
      moneyDecimals(4, 100),
      moneyDecimals(6, 12_345_678),
    ]).toEqual([6, 6, 7, 6, 8, 12]);
  });

  test("is the same amount on both sides, as numbers and beyond", () => {
    const random = seeded(5);
    for (let n = 0; n < 2_000; n++) {
      const half = Math.round((random() - 0.5) * 2 ** (10 + random() * 43));
      const [decimals, tick] = [Math.floor(random() * 7), 1 + Math.floor(random() * 1e6)];
      expect(toMoney(half, decimals, tick) + toMoney(-half, decimals, tick)).toBe(0);
      expect(toMoney(BigInt(half), decimals, tick)).toBe(toMoney(half, decimals, tick));
    }
  });

  test("twice the largest number is exact", () => {
    expect(twice(4)).toBe(8);
    expect(twice(Number.MAX_SAFE_INTEGER)).toBe(18_014_398_509_481_982n);
    expect(twice(-(2n ** 60n))).toBe(-(2n ** 61n));
  });
});

describe("a holding", () => {
  const engine = { decimals: () => 0 } as unknown as EnginePort;
  const pnl = (cashUnits: Units, qty: number, mark2: Units) =>
    valueHolding(engine, 1, { ...nothing, cashUnits, qty }, mark2, 1_000_000).pnl;
  const nothing = { vwapUnits: 0, openBuyQty: 0, openSellQty: 0, settledQty: 0 };

  test("whose cash and worth are beyond numbers, but not their difference, is exact", () => {
    const mark = 9_007_199_254_740_991;
    expect(pnl(-BigInt(mark) * 3n + 1n, 3, 2n * BigInt(mark))).toBe(1);
    // Twice the mark is no safe integer, and three times it no integer that a number holds.
    expect(pnl(-BigInt(mark) * 3n + 1n, 3, 2 * mark)).toBe(1);
    expect(pnl(-mark, 1, 2 * mark)).toBe(0);
  });
});
