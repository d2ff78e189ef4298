import { expect, test } from "vitest";
import { about, symbolParts, buildChains, moneyDecimals } from "./instruments.ts";
import { instrument, option } from "./testing/instruments.ts";

test("an option's symbol is told apart by its end", () => {
  expect(symbolParts("INDEX 100.5C")).toEqual(["INDEX", " 100.5C"]);
  expect(symbolParts("RED CARS 7P")).toEqual(["RED CARS", " 7P"]);
  expect(symbolParts("SUM")).toEqual(["SUM", ""]);
});

test("what is traded stands after the symbol, where the host said it", () => {
  expect(about({ symbol: "SUM", description: "Sum of the dice" })).toBe("SUM: Sum of the dice");
  expect(about({ symbol: "SUM", description: null })).toBe("SUM");
});

test("calls and puts of a strike share a row, lowest strike first", () => {
  const chains = buildChains([
    instrument(1),
    option(2, "CALL", 110),
    option(3, "PUT", 100),
    option(4, "CALL", 100),
    option(5, "CALL", 90),
    instrument(6),
  ]);
  expect(chains).toHaveLength(1);
  expect(chains[0]?.rows.map((r) => [r.strike, r.call?.id ?? null, r.put?.id ?? null])).toEqual([
    [90, 5, null],
    [100, 4, 3],
    [110, 2, null],
  ]);
});

test("several underlyings, and twins of one strike, are all reachable", () => {
  const chains = buildChains([
    instrument(1),
    instrument(2),
    option(3, "CALL", -5, 1),
    option(4, "CALL", -5, 1),
    option(5, "PUT", 0, 2),
  ]);
  expect(chains.map((c) => c.underlying.id)).toEqual([1, 2]);
  expect(chains[0]?.rows.map((r) => r.call?.id)).toEqual([3, 4]);
  expect(new Set(chains[0]?.rows.map((r) => r.key)).size).toBe(2);
});

test("money has as many decimals as the smallest worth of a tick or settlement, and at least two", () => {
  const worth = (...list: [tick: number, value: number, settlement?: number][]) =>
    moneyDecimals(
      list.map(([tick_size, tick_value, settlement = null as number | null]) => ({
        tick_size,
        tick_value,
        settlement,
      })),
    );
  expect(worth()).toBe(2);
  expect(worth([1, 1], [0.25, 50])).toBe(2);
  expect(worth([1, 1], [1, 0.0001])).toBe(4);
  expect(worth([0.5, 0.0001])).toBe(5);
  expect(worth([1, 1, 104.1235])).toBe(4);
  expect(worth([1, 1, -0.125])).toBe(3);
  expect(worth([0.000001, 0.000001])).toBe(6);
});
