import { expect, test } from "vitest";
import { moveQuote, quoteAround, suggestQuote } from "./steps.ts";

const bounds = { min: 0, max: 1000 };

test("wider and tighter are one tick a side and never cross", () => {
  expect(moveQuote({ bid: 10, ask: 14 }, "wider", bounds)).toEqual({ bid: 9, ask: 15 });
  expect(moveQuote({ bid: 10, ask: 14 }, "tighter", bounds)).toEqual({ bid: 11, ask: 13 });
  expect(moveQuote({ bid: 10, ask: 12 }, "tighter", bounds)).toEqual({ bid: 11, ask: 12 });
  expect(moveQuote({ bid: 10, ask: 11 }, "tighter", bounds)).toEqual({ bid: 10, ask: 11 });
});

test("up and down keep the width and stop at the bounds", () => {
  expect(moveQuote({ bid: 10, ask: 14 }, "up", bounds)).toEqual({ bid: 11, ask: 15 });
  expect(moveQuote({ bid: 10, ask: 14 }, "down", bounds)).toEqual({ bid: 9, ask: 13 });
  expect(moveQuote({ bid: 0, ask: 4 }, "down", bounds)).toEqual({ bid: 0, ask: 4 });
  expect(moveQuote({ bid: 990, ask: 1000 }, "up", bounds)).toEqual({ bid: 990, ask: 1000 });
  expect(moveQuote({ bid: 0, ask: 1000 }, "wider", bounds)).toEqual({ bid: 0, ask: 1000 });
});

test("a quote around a mid has the width asked for", () => {
  expect(quoteAround(100, 4, bounds)).toEqual({ bid: 98, ask: 102 });
  expect(quoteAround(100.5, 3, bounds)).toEqual({ bid: 99, ask: 102 });
  expect(quoteAround(100, 3, bounds)).toEqual({ bid: 98, ask: 101 });
  expect(quoteAround(1, 6, bounds)).toEqual({ bid: 0, ask: 6 });
  expect(quoteAround(-40, 0, { min: -1e9, max: 1e9 })).toEqual({ bid: -41, ask: -40 });
});

test("a first quote improves a wide market, joins a tight one and needs something to go by", () => {
  const market = (bid: number | null, ask: number | null, last: number | null = null) => ({
    bid,
    ask,
    last,
  });
  expect(suggestQuote(market(10, 20), null, bounds)).toEqual({ bid: 11, ask: 19 });
  expect(suggestQuote(market(10, 11), null, bounds)).toEqual({ bid: 10, ask: 11 });
  expect(suggestQuote(market(10, null), null, bounds)).toEqual({ bid: 10, ask: 12 });
  expect(suggestQuote(market(null, 10), null, bounds)).toEqual({ bid: 8, ask: 10 });
  expect(suggestQuote(market(null, null, 50), null, bounds)).toEqual({ bid: 49, ask: 51 });
  expect(suggestQuote(market(null, null), 70, bounds)).toEqual({ bid: 69, ask: 71 });
  expect(suggestQuote(market(null, null), null, bounds)).toBeNull();
});
