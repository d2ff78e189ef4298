import { expect, test } from "vitest";
import type { Instrument, Level } from "#protocol";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { outsideBook, take, anchorOf, referencePrice, startPrice } from "./book.ts";
import { instrument, option } from "./testing/instruments.ts";

test("what one shows oneself is not there to be taken", () => {
  const room = new FakeRoom();
  room.book({
    bids: [[10, 5]],
    asks: [
      [11, 4],
      [12, 6],
    ],
  });
  room.rest(1, "sell", 11, 4);
  room.rest(2, "sell", 12, 1);
  expect(outsideBook(room, 1)).toEqual({ bids: [[10, 5]], asks: [[12, 5]] });
});

const asks: Level[] = [
  [10, 10],
  [10.1, 20],
];
const bids: Level[] = [
  [9.9, 10],
  [9.8, 5],
];

test("taking walks the book up to the bound", () => {
  expect(take(asks, "buy", null, 15)).toEqual({
    qty: 15,
    average: (100 + 5 * 10.1) / 15,
    worst: 10.1,
  });
  expect(take(asks, "buy", 10, 15)).toEqual({ qty: 10, average: 10, worst: 10 });
  expect(take(bids, "sell", 9.85, 50)).toEqual({ qty: 10, average: 9.9, worst: 9.9 });
  expect(take([], "buy", null, 5)).toEqual({ qty: 0, average: null, worst: null });
});

const inside = (bid: number | null, ask: number | null, last: number | null = null) => ({
  ...{ bid, ask, last },
});

test("the anchor is the mid, else one side, else the last trade, else nothing", () => {
  expect(anchorOf(inside(99, 101, 50))).toBe(100);
  expect(anchorOf(inside(-3, -2))).toBe(-2);
  expect(Object.is(anchorOf(inside(-1, 0)), 0)).toBe(true);
  expect(anchorOf(inside(99, null, 50))).toBe(99);
  expect(anchorOf(inside(null, 0, 50))).toBe(0);
  expect(anchorOf(inside(null, null, 50))).toBe(50);
  expect(anchorOf(inside(null, null))).toBeNull();
});

test("the reference is the settlement, the mid, the last or the one side", () => {
  expect(referencePrice({ bids: [[99, 1]], asks: [[101, 1]], last: 90 }, null)).toBe(100);
  expect(referencePrice({ bids: [[99, 1]], asks: [[101, 1]], last: 90 }, 7)).toBe(7);
  expect(referencePrice({ bids: [[99, 1]], asks: [], last: 90 }, null)).toBe(90);
  expect(referencePrice({ bids: [], asks: [[101, 1]], last: null }, null)).toBe(101);
  expect(referencePrice({ bids: [], asks: [], last: null }, null)).toBeNull();
});

test("a ladder without a market begins where a price is likely", () => {
  const empty = { bids: [], asks: [], last: null };
  const room = (instruments: Instrument[], spot: number | null) => ({
    instruments,
    instrument: (id: number) => instruments.find((i) => i.id === id),
    market: (id: number) => (id === 1 ? { ...empty, last: spot } : empty),
  });
  const strip = [
    instrument(1, { min_price: -1e9, max_price: 1e9 }),
    ...[90, 100, 110].map((k, i) => option(i + 2, "PUT", k)),
  ];
  expect(startPrice(room(strip, null), 1)).toBe(100);
  expect(startPrice(room(strip, 92), 4)).toBe(18);
  expect(startPrice(room(strip, 92), 2)).toBe(0);
  expect(startPrice(room(strip, null), 2)).toBe(0);
  const opened = strip.map((one) => (one.id === 1 ? { ...one, opening_price: 95.5 } : one));
  expect(startPrice(room(opened, null), 1)).toBe(95.5);
  // Options are worth what they pay at the underlying's opening price, until it has a better one.
  expect(startPrice(room(opened, null), 4)).toBe(14.5);
  expect(startPrice(room(opened, 92), 4)).toBe(18);
  expect(startPrice(room([instrument(1, { min_price: 0, max_price: 91 })], null), 1)).toBe(45.5);
  expect(startPrice(room([instrument(1, { min_price: -1e9, max_price: 1e9 })], null), 1)).toBe(0);
});
