import { expect, test } from "vitest";
import { firstPrices } from "./first-price.ts";

const bounds = { min: 0, max: 1_000 };
const nobody = { bid: null, ask: null };

test("others' prices are joined, and a side that nobody quotes is filled from the value or the other side", () => {
  expect(firstPrices({ bid: 540, ask: 560 }, 700, bounds)).toEqual({ bid: 540, ask: 560 });
  expect(firstPrices({ bid: null, ask: 560 }, 550, bounds)).toEqual({ bid: 500, ask: 560 });
  expect(firstPrices({ bid: null, ask: 560 }, 700, bounds)).toEqual({ bid: 510, ask: 560 });
  expect(firstPrices({ bid: 540, ask: null }, null, bounds)).toEqual({ bid: 540, ask: 590 });
});

test("without a market it is wide around the last trade or opening price, within the bounds", () => {
  expect(firstPrices(nobody, 550, bounds)).toEqual({ bid: 500, ask: 600 });
  expect(firstPrices(nobody, 3, bounds)).toEqual({ bid: 2, ask: 4 });
  expect(firstPrices(nobody, 0, { min: -5, max: 5 })).toEqual({ bid: -1, ask: 1 });
  expect(firstPrices(nobody, 1_000, bounds)).toEqual({ bid: 950, ask: 1_000 });
  expect(firstPrices(nobody, null, bounds)).toEqual(nobody);
});

test("who has won the right to quote begins with a market of that width", () => {
  expect(firstPrices(nobody, 550, bounds, 40)).toEqual({ bid: 530, ask: 570 });
  expect(firstPrices(nobody, 5, bounds, 41)).toEqual({ bid: 0, ask: 41 });
  expect(firstPrices(nobody, 999, bounds, 40)).toEqual({ bid: 960, ask: 1_000 });
});
