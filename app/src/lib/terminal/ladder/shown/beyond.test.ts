import { expect, test } from "vitest";
import { beyondOf } from "./beyond.ts";

const at = {
  ...{ top: 110, bottom: 100, mine: [], average: null },
  inside: { bid: 104, ask: 106, last: null },
};
const nothing = { mine: null, hasMarket: false, average: null };

test("what is in sight is not beyond, the first and the last price included", () => {
  const seen = { ...at, mine: [100, 110], average: 100 };
  expect(beyondOf(seen)).toEqual({ above: nothing, below: nothing });
});

test("own orders are counted on their side, with the nearest of them", () => {
  const { above, below } = beyondOf({ ...at, mine: [90, 99, 111, 120, 130] });
  expect(above).toEqual({ ...nothing, mine: { count: 3, ticks: 111 } });
  expect(below).toEqual({ ...nothing, mine: { count: 2, ticks: 99 } });
});

test("the market and the average price point to where they are", () => {
  const bid = { ...at, inside: { bid: 111, ask: 112, last: null }, average: 99 };
  expect(beyondOf(bid)).toEqual({
    above: { ...nothing, hasMarket: true },
    below: { ...nothing, average: 99 },
  });
  const ask = { ...at, inside: { bid: null, ask: 98, last: null }, average: 111 };
  expect(beyondOf(ask)).toEqual({
    above: { ...nothing, average: 111 },
    below: { ...nothing, hasMarket: true },
  });
});
