import { expect, test, describe } from "vitest";
import type { Side } from "#protocol";
import { clampCentre, nearEdge, windowTicks, outOfSight } from "./window.ts";

const inside = (bid: number | null, ask: number | null, last: number | null = null) => ({
  bid,
  ask,
  last,
});

test("the window runs from high to low around the centre", () => {
  expect(windowTicks(10, 5)).toEqual([12, 11, 10, 9, 8]);
  expect(windowTicks(0, 4)).toEqual([1, 0, -1, -2]);
});

test("the window stays inside the bounds of an option, and shows a small range whole", () => {
  const rows = 21;
  expect(windowTicks(clampCentre(2, rows, { min: 0, max: 1e9 }), rows).at(-1)).toBe(0);
  expect(windowTicks(clampCentre(1e9, rows, { min: 0, max: 1e9 }), rows)[0]).toBe(1e9);
  expect(clampCentre(500, rows, { min: 0, max: 1e9 })).toBe(500);
  expect(windowTicks(clampCentre(500, rows, { min: 0, max: 5 }), rows)).toContain(5);
});

test("it recentres near an edge and not before", () => {
  expect(nearEdge(100, 21, inside(99, 101), 3)).toBe(false);
  expect(nearEdge(100, 21, inside(106, 107), 3)).toBe(false);
  expect(nearEdge(100, 21, inside(106, 108), 3)).toBe(true);
  expect(nearEdge(100, 21, inside(92, 101), 3)).toBe(true);
  expect(nearEdge(100, 21, inside(500, 501), 3)).toBe(true);
  expect(nearEdge(100, 21, inside(null, null, 120), 3)).toBe(true);
  expect(nearEdge(100, 21, inside(null, null), 3)).toBe(false);
});

test("a spread wider than the window does not make it recentre for ever", () => {
  expect(nearEdge(100, 21, inside(0, 200), 3)).toBe(false);
  expect(nearEdge(150, 21, inside(0, 200), 3)).toBe(true);
  // Somebody has gone to the ask, which stays in sight.
  expect(nearEdge(195, 21, inside(0, 200), 3)).toBe(false);
});

describe("out of sight", () => {
  const at = {
    ...{ top: 110, bottom: 100, mine: [], average: null },
    inside: { bid: 104, ask: 106, last: null },
  };
  const nothing = { mine: null, pinned: [] as readonly Side[], average: null };

  test("what is in sight is not beyond, the first and the last price included", () => {
    const seen = { ...at, mine: [100, 110], average: 100 };
    expect(outOfSight(seen)).toEqual({ above: nothing, below: nothing });
  });

  test("own orders are counted on their side, with the nearest of them", () => {
    const { above, below } = outOfSight({ ...at, mine: [90, 99, 111, 120, 130] });
    expect(above).toEqual({ ...nothing, mine: { count: 3, ticks: 111 } });
    expect(below).toEqual({ ...nothing, mine: { count: 2, ticks: 99 } });
  });

  test("the market and the average price point to where they are", () => {
    const bid = { ...at, inside: { bid: 111, ask: 112, last: null }, average: 99 };
    expect(outOfSight(bid)).toEqual({
      above: { ...nothing, pinned: ["sell", "buy"] },
      below: { ...nothing, average: 99 },
    });
    const ask = { ...at, inside: { bid: null, ask: 98, last: null }, average: 111 };
    expect(outOfSight(ask)).toEqual({
      above: { ...nothing, average: 111 },
      below: { ...nothing, pinned: ["sell"] },
    });
  });

  test("of a market wider than the window bid and ask are pinned at their ends", () => {
    const wide = { ...at, inside: { bid: 50, ask: 150, last: null } };
    expect(outOfSight(wide)).toEqual({
      above: { ...nothing, pinned: ["sell"] },
      below: { ...nothing, pinned: ["buy"] },
    });
  });

  test("what a pinned row covers counts as out of sight", () => {
    const edge = { ...at, inside: { bid: 110, ask: 111, last: null }, mine: [109, 108, 100] };
    expect(outOfSight(edge)).toEqual({
      above: { ...nothing, pinned: ["sell", "buy"], mine: { count: 1, ticks: 109 } },
      below: nothing,
    });
  });
});
