import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { buildChains, inTheMoney, moneyLine, referencePrice, startPrice } from "./money.ts";

function instrument(id: number, over: Partial<Instrument> = {}): Instrument {
  return {
    id,
    inst: id,
    description: null,
    symbol: `I${id}`,
    type: "SCALAR",
    reference_id: null,
    strike: null,
    tick_size: 0.5,
    lot_size: 1,
    tick_value: 1,
    min_price: -1e6,
    max_price: 1e6,
    halted: false,
    settled: false,
    settlement: null,
    ...over,
  };
}
const option = (id: number, type: "CALL" | "PUT", strike: number, reference_id = 1) =>
  instrument(id, { type, strike, reference_id });

test("calls and puts of a strike share a row, lowest strike first", () => {
  const chains = buildChains([
    instrument(1),
    option(2, "CALL", 110),
    option(3, "PUT", 100),
    option(4, "CALL", 100),
    option(5, "CALL", 90),
    instrument(6),
  ]);
  expect(chains).toHaveLength(1);
  expect(chains[0]?.rows.map((r) => [r.strike, r.call?.id ?? null, r.put?.id ?? null])).toEqual([
    [90, 5, null],
    [100, 4, 3],
    [110, 2, null],
  ]);
});

test("several underlyings, and twins of one strike, are all reachable", () => {
  const chains = buildChains([
    instrument(1),
    instrument(2),
    option(3, "CALL", -5, 1),
    option(4, "CALL", -5, 1),
    option(5, "PUT", 0, 2),
  ]);
  expect(chains.map((c) => c.underlying.id)).toEqual([1, 2]);
  expect(chains[0]?.rows.map((r) => r.call?.id)).toEqual([3, 4]);
  expect(new Set(chains[0]?.rows.map((r) => r.key)).size).toBe(2);
});

test("the at-the-money line stands between the strikes around the reference", () => {
  const rows =
    buildChains([instrument(1), ...[90, 100, 110].map((k, i) => option(i + 2, "CALL", k))])[0]
      ?.rows ?? [];
  expect(moneyLine(rows, 104)).toBe(2);
  expect(moneyLine(rows, 100)).toBe(2);
  expect(moneyLine(rows, 50)).toBe(0);
  expect(moneyLine(rows, 500)).toBe(3);
  expect(moneyLine(rows, null)).toBeNull();
});

test("in the money: calls below, puts above, neither at the strike", () => {
  expect(inTheMoney("CALL", 100, 101)).toBe(true);
  expect(inTheMoney("PUT", 100, 101)).toBe(false);
  expect(inTheMoney("PUT", 100, 99)).toBe(true);
  expect(inTheMoney("CALL", 100, 100)).toBe(false);
  expect(inTheMoney("CALL", 100, null)).toBe(false);
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
  expect(startPrice(room([instrument(1, { min_price: 0, max_price: 91 })], null), 1)).toBe(45.5);
  expect(startPrice(room([instrument(1, { min_price: -1e9, max_price: 1e9 })], null), 1)).toBe(0);
});
