import { expect, test } from "vitest";
import { clampCentre, nearEdge, windowTicks } from "./window.ts";

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
});
