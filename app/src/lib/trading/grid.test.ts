import { describe, expect, test } from "vitest";
import { formatTicks } from "#lib/format.ts";
import { gridOf, snapToTick, stepByTick, priceKey } from "./grid.ts";

describe("TickGrid", () => {
  test.each([
    [0.01, 2],
    [0.05, 2],
    [0.5, 1],
    [1, 0],
    [25, 0],
    [0.000001, 6],
    [0.125, 3],
  ])("a tick of %d has %d decimals", (tick, decimals) => {
    expect(gridOf(tick).decimals).toBe(decimals);
  });

  test("prices survive the round trip through ticks for every hundredth", () => {
    const grid = gridOf(0.01);
    const astray: number[] = [];
    for (let ticks = -20_000; ticks <= 20_000; ticks++) {
      const price = grid.price(ticks);
      const isRight = Object.is(price, Number((ticks / 100).toFixed(2)) + 0);
      if (!isRight || !Object.is(grid.ticks(price), ticks)) astray.push(ticks);
    }
    expect(astray).toEqual([]);
  });

  test("negative prices keep their sign and zero has none", () => {
    const grid = gridOf(0.25);
    expect(formatTicks(-3, grid)).toBe("\u22120.75");
    expect(formatTicks(grid.ticks(-0.1), grid)).toBe("0.00");
    expect(Object.is(grid.price(-0), 0)).toBe(true);
    expect(Object.is(grid.ticks(-0.001), 0)).toBe(true);
  });

  test("large tick counts stay exact", () => {
    const grid = gridOf(0.01);
    expect(grid.ticks(9_999_999.99)).toBe(999_999_999);
    expect(formatTicks(999_999_999, grid)).toBe("9,999,999.99");
  });

  test("tells prices on the grid from those beside it", () => {
    const grid = gridOf(0.05);
    expect(grid.holds(42.15)).toBe(true);
    expect(grid.holds(42.13)).toBe(false);
    expect(grid.around(42.13).map((t) => formatTicks(t, grid))).toEqual(["42.10", "42.15"]);
    expect(grid.around(-0.01).map((t) => formatTicks(t, grid))).toEqual(["\u22120.05", "0.00"]);
  });
});

test("prices that are equal to the eye have one key", () => {
  expect(priceKey(0.1 + 0.2)).toBe(priceKey(0.3));
  expect(priceKey(-0)).toBe("0");
  expect(snapToTick(1.13, 0.25)).toBe(1.25);
});

test("a step goes along the grid, negative prices too", () => {
  expect(stepByTick(0.3, 0.1, 1)).toBe(0.4);
  expect(stepByTick(-0.05, 0.1, 1)).toBe(0);
  expect(stepByTick(7, 5, -1)).toBe(5);
  expect(stepByTick(7, 5, 1)).toBe(10);
});
