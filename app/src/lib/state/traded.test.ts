import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { priceKey } from "#lib/trading/grid.ts";
import { Market } from "./market.svelte.ts";
import { countTrades, takeHistory, takeSums } from "./traded.ts";

const trade = (seq: number, price: number, qty = 1) => ({ seq, price, qty, ts: 1_000 * seq });
const sums = (trades: number, last: number | null = 100) => ({
  ...{ volume: 10 * trades, trades, first: 99, high: 104, low: 96, last },
});
const history: Message<"history"> = {
  ...{ type: "history", inst: 1, by_price: [[99, 4]], price_step: null, path: [[1, 99]] },
  ...{ ts: 5_000, seq: 5 },
};

test("goes on from the exchange's sums: what it has counted is not counted again", () => {
  const market = new Market(1);
  takeSums(market, sums(3), 5);
  countTrades(market, [trade(4, 200), trade(5, 1), trade(6, 105, 2), trade(6, 95, 3)], 1);
  expect(market).toMatchObject({ volume: 35, trades: 5, first: 99, high: 105, low: 95 });
});

test("without the exchange's history a page shows no part of it", () => {
  const market = new Market(1);
  countTrades(market, [trade(6, 105, 2)], 1);
  expect(market.volumeAt.size).toBe(0);
  expect(market.path).toEqual([]);
});

test("volume by price and path go on from the history, and a new one takes the place of both", () => {
  const market = new Market(1);
  takeHistory(market, history);
  countTrades(market, [trade(5, 99, 9), trade(6, 99, 2), trade(7, 101)], 1);
  expect([...market.volumeAt]).toEqual([
    [priceKey(99), 6],
    [priceKey(101), 1],
  ]);
  expect(market.path).toEqual([
    [1, 99],
    [6_000, 99],
    [7_000, 101],
  ]);
  takeHistory(market, { ...history, by_price: [[98, 1]], path: [[2, 98]], seq: 9 });
  expect([...market.volumeAt]).toEqual([[priceKey(98), 1]]);
  expect(market.path).toEqual([[2, 98]]);
});

test("the size of a last trade that was missed is unknown, and not that of an older one", () => {
  const market = new Market(1);
  takeSums(market, sums(3), 5);
  market.lastQty = 7;
  takeSums(market, sums(3), 6);
  expect(market.lastQty).toBe(7);
  takeSums(market, sums(4), 8);
  expect(market.lastQty).toBeNull();
});
