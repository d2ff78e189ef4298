import { expect, test } from "vitest";
import { moveQuote, quoteAround, suggestQuote, wantedOf, within } from "./steps.ts";

const bounds = { min: 0, max: 1000 };

test("wider and tighter are one tick a side and never cross", () => {
  expect(moveQuote({ bid: 10, ask: 14 }, "wider", bounds)).toEqual({ bid: 9, ask: 15 });
  expect(moveQuote({ bid: 10, ask: 14 }, "tighter", bounds)).toEqual({ bid: 11, ask: 13 });
  expect(moveQuote({ bid: 10, ask: 12 }, "tighter", bounds)).toEqual({ bid: 11, ask: 12 });
  expect(moveQuote({ bid: 10, ask: 11 }, "tighter", bounds)).toEqual({ bid: 10, ask: 11 });
});

test("up and down keep the width, and stop when no price within the bounds would change", () => {
  expect(moveQuote({ bid: 10, ask: 14 }, "up", bounds)).toEqual({ bid: 11, ask: 15 });
  expect(moveQuote({ bid: 10, ask: 14 }, "down", bounds)).toEqual({ bid: 9, ask: 13 });
  expect(moveQuote({ bid: -3, ask: 1 }, "down", bounds)).toEqual({ bid: -3, ask: 1 });
  expect(moveQuote({ bid: 999, ask: 1003 }, "up", bounds)).toEqual({ bid: 999, ask: 1003 });
  expect(moveQuote({ bid: 0, ask: 1000 }, "wider", bounds)).toEqual({ bid: 0, ask: 1000 });
});

test("a step and its opposite come back at the bounds as well", () => {
  const steps = [
    ["wider", "tighter"],
    ["down", "up"],
    ["up", "down"],
  ] as const;
  for (const first of [
    { bid: -2, ask: 3 },
    { bid: 0, ask: 3 },
    { bid: 998, ask: 1002 },
  ])
    for (const [there, back] of steps)
      expect(moveQuote(moveQuote(first, there, bounds), back, bounds)).toEqual(first);
});

test("what is sent is the wanted quote within the bounds, and no step starts from the cut", () => {
  expect(within({ bid: -2, ask: 3 }, bounds)).toEqual({ bid: 0, ask: 3 });
  expect(within({ bid: -5, ask: -1 }, bounds)).toEqual({ bid: 0, ask: 1 });
  expect(within({ bid: 1000, ask: 1004 }, bounds)).toEqual({ bid: 999, ask: 1000 });
  const wanted = { bid: -2, ask: 3 };
  expect(wantedOf({ bid: 0, ask: 3 }, wanted, bounds)).toEqual(wanted);
  expect(wantedOf({ bid: 0, ask: 5 }, wanted, bounds)).toEqual({ bid: -2, ask: 5 });
  expect(wantedOf({ bid: 1, ask: 4 }, wanted, bounds)).toEqual({ bid: 1, ask: 4 });
});

test("a quote around a mid has the width asked for", () => {
  expect(quoteAround(100, 4)).toEqual({ bid: 98, ask: 102 });
  expect(quoteAround(100.5, 3)).toEqual({ bid: 99, ask: 102 });
  expect(quoteAround(100, 3)).toEqual({ bid: 98, ask: 101 });
  expect(within(quoteAround(0.5, 16), bounds)).toEqual({ bid: 0, ask: 8 });
  expect(quoteAround(-40, 0)).toEqual({ bid: -41, ask: -40 });
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
