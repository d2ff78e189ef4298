import { describe, expect, test } from "vitest";
import { formatTicks } from "#lib/format.ts";
import { gridOf, groupsFor, roundUp, RowGrid, snapToTick, stepByTick, priceKey } from "./grid.ts";

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

test("a number is rounded up to 1, 2 or 5 times a power of ten", () => {
  const rounded = [0, 1, 2, 3, 9, 10, 11, 49, 51, 1_000, 4_999].map(roundUp);
  expect(rounded).toEqual([0, 1, 2, 5, 10, 10, 20, 50, 100, 1_000, 5_000]);
});

describe("a grid with several ticks in a row", () => {
  const rows = new RowGrid(0.5, 10, { min: -3, max: 4_004 });

  test("bids stand at the row's price or above, asks at it or below, and never in one row", () => {
    expect([100, 104.5, 105].map((price) => rows.rowOf(price, "buy"))).toEqual([20, 20, 21]);
    expect([100, 100.5, 105].map((price) => rows.rowOf(price, "sell"))).toEqual([20, 21, 21]);
    for (let ticks = 0; ticks < 100; ticks++)
      expect(rows.rowOf(ticks * 0.5, "buy")).toBeLessThan(rows.rowOf((ticks + 1) * 0.5, "sell"));
  });

  test("an order at a row's price reaches exactly what the rows show up to it", () => {
    for (let ask = 0; ask < 60; ask++)
      for (let row = 0; row < 7; row++)
        expect(ask * 0.5 <= rows.price(row)).toBe(rows.rowOf(ask * 0.5, "sell") <= row);
  });

  test("a row says which prices it has, and the rows at the ends keep the bounds", () => {
    expect([rows.price(20), rows.span(20, "buy"), rows.span(20, "sell")]).toEqual([
      ...[100, [100, 104.5], [95.5, 100]],
    ]);
    expect(rows.rows).toEqual({ min: -1, max: 401 });
    expect([rows.price(-1), rows.price(0), rows.price(400), rows.price(401)]).toEqual([
      ...[-1.5, 0, 2_000, 2_002],
    ]);
    expect(rows.span(-1, "buy")).toEqual([-1.5, -0.5]);
    expect(Object.is(rows.rowOf(0, "sell"), 0)).toBe(true);
  });

  test("with one tick a row it is the plain grid", () => {
    const one = new RowGrid(0.25, 1, { min: 0, max: 100 });
    const grid = gridOf(0.25);
    for (const price of [0, 0.25, 7.75])
      expect([one.ticks(price), one.rowOf(price, "sell"), one.price(one.ticks(price))]).toEqual([
        ...[grid.ticks(price), grid.ticks(price), price],
      ]);
  });

  test("a ladder is offered the groups that leave it some rows", () => {
    expect(groupsFor({ min: 0, max: 100 })).toEqual([1, 2, 5, 10]);
    expect(groupsFor({ min: 0, max: 5 })).toEqual([1]);
    expect(groupsFor({ min: -1e9, max: 1e9 }).at(-1)).toBe(10_000);
  });
});
