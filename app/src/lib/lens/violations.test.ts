import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import type { Book } from "#lib/trading/book.ts";
import { worthAt } from "#lib/trading/settlement.ts";
import { violations } from "./violations.ts";

type Quote = readonly [bid: number | null, ask: number | null, qty?: number];

const base = { lot_size: 1, tick_size: 0.5, tick_value: 1, halted: false, settled: false };
const x = { ...base, id: 1, symbol: "X", type: "SCALAR", strike: null, reference_id: null };
const option = (id: number, type: "CALL" | "PUT", strike: number, more = {}) =>
  ({
    ...base,
    id,
    symbol: `X ${strike}${type[0]}`,
    type,
    strike,
    reference_id: 1,
    ...more,
  }) as const;

function look(instruments: readonly object[], quotes: Record<number, Quote>) {
  const bookOf = ({ id }: Instrument): Book => {
    const [bid = null, ask = null, qty = 10] = quotes[id] ?? [];
    return {
      bids: bid === null ? [] : [[bid, qty]],
      asks: ask === null ? [] : [[ask, qty]],
    };
  };
  return violations(instruments as Instrument[], bookOf).map(({ kind, inst, legs, ...rest }) => ({
    ...{ kind, inst, ...rest },
    legs: legs.map((leg) => `${leg.side} ${leg.count} ${leg.instrument.symbol} ${leg.price}`),
    /** The least gain of the set over many settlements, by the rules of settlement. */
    least: Math.min(
      ...Array.from({ length: 301 }, (_, settlement) =>
        legs.reduce(
          (sum, { side, count, price, instrument }) =>
            sum + (side === "buy" ? 1 : -1) * count * (worthAt(instrument, settlement) - price),
          0,
        ),
      ),
    ),
  }));
}
const pair = [x, option(2, "CALL", 99), option(3, "PUT", 99)];

test("parity: a call too cheap for its put and underlying, executable at bid and ask", () => {
  expect(look(pair, { 1: [101, 102], 2: [2, 3, 4], 3: [1.5, 2] })).toEqual([
    {
      ...{ kind: "parity", inst: 2, locks: 0.5, sets: 4, least: 0.5 },
      legs: ["buy 1 X 99C 3", "sell 1 X 99P 1.5", "sell 1 X 101"],
    },
  ]);
});

test("parity the other way, and nothing while the spread holds it", () => {
  const [found] = look(pair, { 1: [99, 100], 2: [4, 5], 3: [1, 2] });
  expect(found).toMatchObject({
    ...{ locks: 1, least: 1 },
    legs: ["sell 1 X 99C 4", "buy 1 X 99P 2", "buy 1 X 100"],
  });
  expect(look(pair, { 1: [99, 101], 2: [3, 5], 3: [1, 3] })).toEqual([]);
});

test("a missing side, a halt, a settlement or another tick value leaves a set out", () => {
  const quotes = { 1: [101, 102], 2: [2, 3], 3: [1.5, 2] } as const;
  expect(look(pair, { ...quotes, 3: [null, 2] })).toEqual([]);
  expect(look([x, pair[1]!, option(3, "PUT", 99, { halted: true })], quotes)).toEqual([]);
  expect(look([{ ...x, settled: true }, ...pair.slice(1)], quotes)).toEqual([]);
  expect(look([{ ...x, tick_value: 2 }, ...pair.slice(1)], quotes)).toEqual([]);
});

const calls = [90, 100, 110].map((strike, i) => option(2 + i, "CALL", strike));
const puts = [90, 100, 110].map((strike, i) => option(2 + i, "PUT", strike));

test("vertical: the option further in the money costs no less", () => {
  expect(look([x, ...calls], { 2: [4, 5], 3: [6, 7] })).toMatchObject([
    { kind: "vertical", inst: 2, locks: 1, least: 1, legs: ["buy 1 X 90C 5", "sell 1 X 100C 6"] },
  ]);
  expect(look([x, ...puts], { 3: [6, 7], 4: [4, 5] })).toMatchObject([
    { kind: "vertical", inst: 3, locks: 1, least: 1, legs: ["buy 1 X 110P 5", "sell 1 X 100P 6"] },
  ]);
});

test("vertical: and no more than the strikes are apart", () => {
  expect(look([x, ...calls], { 2: [15, 16], 3: [1, 3] })).toMatchObject([
    { kind: "vertical", inst: 2, locks: 2, least: 2, legs: ["sell 1 X 90C 15", "buy 1 X 100C 3"] },
  ]);
  expect(look([x, ...puts], { 3: [1, 3], 4: [15, 16] })).toMatchObject([
    { kind: "vertical", inst: 3, locks: 2, least: 2, legs: ["sell 1 X 110P 15", "buy 1 X 100P 3"] },
  ]);
});

test("vertical: a strike without quotes between hides nothing", () => {
  expect(look([x, ...calls], { 2: [4, 5], 4: [6, 7] })).toMatchObject([
    { kind: "vertical", inst: 2, locks: 1, least: 1, legs: ["buy 1 X 90C 5", "sell 1 X 110C 6"] },
  ]);
});

test("in a row the best of a kind is told", () => {
  expect(look([x, ...calls], { 2: [4, 5], 3: [6, 7], 4: [8, 9] })).toMatchObject([
    { kind: "vertical", inst: 2, locks: 3, legs: ["buy 1 X 90C 5", "sell 1 X 110C 8"] },
    { kind: "vertical", inst: 3, locks: 1, legs: ["buy 1 X 100C 7", "sell 1 X 110C 8"] },
  ]);
});

const square = [
  ...[option(2, "CALL", 90), option(3, "CALL", 100)],
  ...[option(4, "PUT", 90), option(5, "PUT", 100)],
];

test("box: two spreads that pay the width together cost less, whoever quotes the underlying", () => {
  // The box costs 6 - 1 + 5 - 1 = 9 and pays 10.
  const cheap = { 2: [5, 6], 3: [1, 2], 4: [1, 2, 4], 5: [4, 5] } as const;
  expect(look([x, ...square], cheap)).toEqual([
    {
      ...{ kind: "box", inst: 2, locks: 1, least: 1, sets: 4 },
      legs: ["buy 1 X 90C 6", "sell 1 X 100C 1", "buy 1 X 100P 5", "sell 1 X 90P 1"],
    },
  ]);
  expect(look([x, ...square], { ...cheap, 2: [6, 7] })).toEqual([]);
});

test("box: or bring more", () => {
  // The box costs 8 - 2 + 7 - 2 = 11 and pays 10.
  expect(look([x, ...square], { 2: [8, 9], 3: [1, 2], 4: [1, 2], 5: [7, 8] })).toEqual([
    {
      ...{ kind: "box", inst: 2, locks: 1, least: 1, sets: 10 },
      legs: ["sell 1 X 90C 8", "buy 1 X 100C 2", "sell 1 X 100P 7", "buy 1 X 90P 2"],
    },
  ]);
});

test("box: strikes that are no neighbours, and not over unlike tick values", () => {
  const wide = [
    ...[option(2, "CALL", 90), option(3, "CALL", 100), option(4, "CALL", 110)],
    ...[option(5, "PUT", 90), option(6, "PUT", 110)],
  ];
  // The wide box costs 12 - 2 + 11 - 2 = 19 and pays 20.
  const quotes = { 2: [11, 12], 4: [2, 3], 5: [2, 3], 6: [10, 11] } as const;
  expect(look([x, ...wide], quotes)).toMatchObject([{ kind: "box", inst: 2, locks: 1, least: 1 }]);
  const unlike = wide.map((one) => (one.id === 6 ? { ...one, tick_value: 2 } : one));
  expect(look([x, ...unlike], quotes)).toEqual([]);
});

test("butterfly: any three strikes", () => {
  const four = [90, 100, 110, 120].map((strike, i) => option(2 + i, "CALL", strike));
  // One 90 and two 120 replace three 110: (12 + 2 x 1) / 3 = 4.67 each, against a bid of 5.
  expect(look([x, ...four], { 2: [11, 12], 4: [5, 6], 5: [0.5, 1] })).toMatchObject([
    {
      ...{ kind: "butterfly", inst: 4, locks: 1, least: 1, sets: 3 },
      legs: ["buy 1 X 90C 12", "sell 3 X 110C 5", "buy 2 X 120C 1"],
    },
  ]);
});

test("butterfly: the middle strike costs no more than its neighbours' mix", () => {
  const quotes = { 2: [11, 12], 3: [8, 9], 4: [2, 3] } as const;
  const [found] = look([x, ...calls], { ...quotes, 3: [8, 9, 7] });
  expect(found).toMatchObject({
    ...{ kind: "butterfly", inst: 3, locks: 1, least: 1, sets: 3 },
    legs: ["buy 1 X 90C 12", "sell 2 X 100C 8", "buy 1 X 110C 3"],
  });
  expect(look([x, ...calls], { ...quotes, 3: [7.5, 9] })).toEqual([]);
});

test("butterfly of strikes unequally apart takes whole contracts in their ratio", () => {
  const wide = [90, 92.5, 100].map((strike, i) => option(2 + i, "PUT", strike));
  expect(look([x, ...wide], { 2: [0.5, 1], 3: [3, 3.5], 4: [6, 6.5] })).toMatchObject([
    {
      ...{ kind: "butterfly", inst: 3, locks: 2.5, least: 2.5, sets: 2 },
      legs: ["buy 3 X 90P 1", "sell 4 X 92.5P 3", "buy 1 X 100P 6.5"],
    },
  ]);
});

test("a chain quoted around one model has no violation", () => {
  const strikes = Array.from({ length: 15 }, (_, i) => 30 + 10 * i);
  const options = strikes.flatMap((strike, i) => [
    option(2 + 2 * i, "CALL", strike),
    option(3 + 2 * i, "PUT", strike),
  ]);
  const quotes: Record<number, Quote> = { 1: [99.5, 100.5] };
  for (const { id, type, strike } of options) {
    const call = 5 * Math.exp(-Math.abs(100 - strike) / 20) + Math.max(0, 100 - strike);
    const value = type === "CALL" ? call : call - 100 + strike;
    quotes[id] = [value - 0.5, value + 0.5];
  }
  expect(look([x, ...options], quotes)).toEqual([]);
});
