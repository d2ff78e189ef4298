import { expect, test } from "vitest";
import { atMost, stepQty, toLot } from "./lots.ts";

test("what is more than an order may be is cut to whole lots", () => {
  expect([atMost(30, Infinity, 5), atMost(30, 30, 5), atMost(30, 18, 5)]).toEqual([30, 30, 15]);
});

test("quantities go to the nearest lot", () => {
  expect(toLot(12, 5)).toBe(10);
  expect(toLot(1, 5)).toBe(5);
  expect(toLot(7, 1)).toBe(7);
});

test("a step goes to the next multiple, and never to nothing", () => {
  expect([stepQty(10, 1, 5), stepQty(10, -1, 5), stepQty(5, -1, 5), stepQty(3, -2, 5)]).toEqual([
    15, 5, 5, 5,
  ]);
  expect([stepQty(7, 1, 5), stepQty(7, -1, 5)]).toEqual([10, 5]);
});
