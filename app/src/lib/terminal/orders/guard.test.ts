import { expect, test } from "vitest";
import type { Level, Side } from "#protocol";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { concernsOf, usualMost, type GuardedMarket, type GuardSettings } from "./guard.ts";

const settings: GuardSettings = {
  ...{ guard: true, guardQty: null, guardTicks: 10, guardPercent: 5, presets: [1, 5, 10, 25, 100] },
};
const bids: Level[] = [
  [99, 50],
  [98, 50],
];
const asks: Level[] = [
  [101, 50],
  [103, 50],
  [140, 50],
];
const market: GuardedMarket = {
  ...{ instrument: instrument(1, { tick_size: 1 }), bids, asks, depth: 50, mark: 100 },
};
const kinds = (
  side: Side,
  price: number | null,
  qty: number,
  over: Partial<GuardedMarket> = {},
  set: Partial<GuardSettings> = {},
  isSizeGiven = false,
) =>
  concernsOf(
    { inst: 1, side, price, qty, isSizeGiven },
    { ...market, ...over },
    { ...settings, ...set },
  );

test.each<[string, number, Partial<GuardSettings>, number | null]>([
  ["as usual", 100, {}, null],
  ["above the largest preset", 101, {}, 100],
  ["a fat finger", 1_000_000, {}, 100],
  ["within a larger preset", 500, { presets: [1, 500] }, null],
  ["above the trader's own bound", 21, { guardQty: 20 }, 20],
  ["within the trader's own bound", 5_000, { guardQty: 5_000 }, null],
  ["not asked about", 1_000_000, { guard: false }, null],
])("a size %s: %i", (_, qty, set, most) => {
  expect(kinds("buy", 99, qty, {}, set)).toEqual(
    most === null ? [] : [{ kind: "size", qty, most }],
  );
});

test("the usual size counts lots: ten times the first size of a click, or the largest preset", () => {
  expect(usualMost([1, 5, 10, 25, 100], 1)).toBe(100);
  expect(usualMost([1, 5, 10, 25, 100], 100)).toBe(10_000);
  expect(usualMost([1, 5, 10, 25, 700], 5)).toBe(700);
});

test("a size that is not chosen is not asked about: of a position to be closed, of an order that moves", () => {
  expect(kinds("sell", 99, 5_000, {}, {}, true)).toEqual([]);
});

test.each<[Side, number, Partial<GuardedMarket>, Partial<GuardSettings>, number | null]>([
  // Away from the market nothing is asked: the order waits where it harms nobody.
  ["buy", 1, {}, {}, null],
  ["sell", 500, {}, {}, null],
  // Through the best price of the other side.
  ["buy", 101, {}, {}, null],
  ["buy", 111, {}, {}, null],
  ["buy", 112, {}, {}, 11],
  ["sell", 89, {}, {}, null],
  ["sell", 88, {}, {}, 11],
  ["buy", 112, {}, { guardTicks: 11 }, null],
  ["buy", 112, {}, { guardPercent: 11 }, null],
  ["buy", 103, {}, { guardTicks: 1, guardPercent: 1 }, 2],
  ["buy", 112, {}, { guard: false }, null],
  // An order that would wait is compared with the mark; without one, with nothing.
  ["buy", 115, { asks: [] }, {}, 15],
  ["sell", 85, { bids: [] }, {}, 15],
  ["buy", 110, { asks: [] }, {}, null],
  ["buy", 115, { asks: [], mark: null }, {}, null],
  ["buy", 400, { asks: [[500, 1]], mark: 300 }, {}, 100],
  ["buy", -80, { asks: [[-100, 1]], mark: -101 }, {}, 20],
])("%s at %d asks by ticks", (side, price, over, set, ticks) => {
  const far = kinds(side, price, 10, over, set);
  expect(far.map((concern) => concern.kind === "far" && concern.ticks)).toEqual(
    ticks === null ? [] : [ticks],
  );
});

test("percents count where prices are large, ticks where they are small", () => {
  const large = { asks: [[5_000, 1]] as Level[] };
  expect(kinds("buy", 5_250, 1, large)).toEqual([]);
  expect(kinds("buy", 5_251, 1, large)).toHaveLength(1);
  const fine = {
    asks: [[3, 1]] as Level[],
    instrument: instrument(1, { tick_size: 0.25 }),
  };
  expect(kinds("buy", 5.5, 1, fine)).toEqual([]);
  expect(kinds("buy", 5.75, 1, fine)).toMatchObject([{ kind: "far", ticks: 11 }]);
});

test("an order at the market tells average and worst price where it goes deep or is large", () => {
  expect(kinds("buy", null, 100)).toEqual([]);
  expect(kinds("buy", null, 101, {}, { guardQty: 500 })).toEqual([
    { kind: "deep", average: (50 * 101 + 50 * 103 + 140) / 101, worst: 140, ticks: 39, unseen: 0 },
  ]);
  expect(kinds("sell", null, 1_000_000)).toEqual([
    { kind: "size", qty: 1_000_000, most: 100 },
    { kind: "deep", average: 98.5, worst: 98, ticks: 1, unseen: 0 },
  ]);
  // A position that is closed is not too large, but may go deep.
  expect(kinds("buy", null, 120, {}, {}, true)).toMatchObject([{ kind: "deep", worst: 140 }]);
  expect(kinds("buy", null, 10, { asks: [] })).toEqual([]);
});

test("a book that is shown in part has prices that nobody sees", () => {
  expect(kinds("buy", null, 80, { asks: [[101, 50]], depth: 1 })).toMatchObject([
    { kind: "deep", unseen: 30 },
  ]);
  expect(kinds("buy", null, 80, { asks: [[101, 50]] })).toEqual([]);
});
