import { expect, test } from "vitest";
import { linesOf, scaleOf, yOf } from "./chart.ts";

test("lines stand on round numbers of ticks", () => {
  expect(scaleOf([100, 137], 5)).toEqual({ low: 90, high: 147, step: 10 });
  expect(linesOf(scaleOf([100, 137], 5))).toEqual([90, 100, 110, 120, 130, 140]);
  expect(linesOf(scaleOf([-3, 2], 5))).toEqual([-4, -3, -2, -1, 0, 1, 2, 3]);
});

test("one price, or none, still has a scale", () => {
  expect(scaleOf([50], 5)).toEqual({ low: 49, high: 51, step: 1 });
  expect(scaleOf([], 5)).toEqual({ low: -1, high: 1, step: 1 });
});

test("higher prices are further up", () => {
  const scale = scaleOf([0, 10], 5);
  expect(yOf(scale.high, scale, 100)).toBe(0);
  expect(yOf(scale.low, scale, 100)).toBe(100);
  expect(yOf(5, scale, 100)).toBe(50);
});
