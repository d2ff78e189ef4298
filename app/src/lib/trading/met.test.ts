import { expect, test } from "vitest";
import type { Level } from "#protocol";
import { gridOf } from "./grid.ts";
import { met } from "./met.ts";

const grid = gridOf(0.5);
const bids: Level[] = [
  [99, 36],
  [98.5, 10],
  [98, 4],
];
const mine = (price: number, leaves: number, ahead = 0) => ({ price, leaves, ahead });
const sell = (limit: number | null, qty: number) => ({ side: "sell", limit, qty }) as const;

test("an order takes what others have, up to its price", () => {
  expect(met(grid, bids, [], sell(99, 50))).toEqual({ others: 36, own: 0 });
  expect(met(grid, bids, [mine(99, 6, 30)], sell(99, 5))).toEqual({ others: 30, own: 0 });
  expect(met(grid, bids, [mine(99, 6, 30)], sell(98.5, 5))).toEqual({ others: 40, own: 0 });
  expect(met(grid, bids, [], sell(null, 5))).toEqual({ others: 50, own: 0 });
  expect(met(grid, bids, [], sell(99.5, 5))).toEqual({ others: 0, own: 0 });
});

test("an own order that it reaches is cancelled: one that others stand before only if the order is larger", () => {
  const behind = [mine(99, 6, 30)];
  expect(met(grid, bids, behind, sell(99, 30)).own).toBe(0);
  expect(met(grid, bids, behind, sell(99, 31)).own).toBe(6);
  const deeper = [mine(98.5, 4, 6)];
  expect(met(grid, bids, deeper, sell(98.5, 42)).own).toBe(0);
  expect(met(grid, bids, deeper, sell(98.5, 43)).own).toBe(4);
  expect(met(grid, bids, deeper, sell(99, 100)).own).toBe(0);
  expect(met(grid, bids, [...behind, ...deeper], sell(null, 60)).own).toBe(10);
});

test("a book of one's own alone has nothing to take", () => {
  expect(met(grid, [[101, 8]], [mine(101, 8)], { side: "buy", limit: 101, qty: 1 })).toEqual({
    others: 0,
    own: 8,
  });
});

test("an own order that the book does not show yet counts as well", () => {
  expect(met(grid, [], [mine(99, 3)], sell(99, 1))).toEqual({ others: 0, own: 3 });
});
