import { expect, test, describe, beforeEach } from "vitest";
import type { Side, Instrument, Level } from "#protocol";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import {
  extremes,
  payoffAt,
  type PayoffPosition,
  worstAfter,
  beyondSettlement,
  settlementRange,
  type OrderTerms,
} from "./settlement.ts";

const leg = (
  type: "SCALAR" | "CALL" | "PUT",
  strike: number | null,
  qty: number,
  vwap: number,
  realized = 0,
): PayoffPosition => ({
  instrument: { type, strike, tick_value: 1 },
  qty,
  vwap,
  realized,
});
const open = { min: -Infinity, max: Infinity };

test("the wire contract's own examples", () => {
  expect(payoffAt([leg("SCALAR", null, 10, 100)], 105)).toBe(50);
  expect(payoffAt([leg("CALL", 100, 10, 5)], 120)).toBe(150);
  expect(payoffAt([leg("CALL", 100, -10, 5)], 120)).toBe(-150);
});

test("a bought call loses at most its premium, a sold one has no limit", () => {
  expect(extremes([leg("CALL", 100, 10, 5)], open)).toEqual({
    worst: { at: 100, money: -50 },
    best: { at: Infinity, money: Infinity },
  });
  expect(extremes([leg("CALL", 100, -10, 5)], open).worst).toEqual({
    at: Infinity,
    money: -Infinity,
  });
});

test("a butterfly is bounded on both sides and best at its middle", () => {
  const fly = [leg("CALL", 90, 1, 12), leg("CALL", 100, -2, 6), leg("CALL", 110, 1, 3)];
  expect(extremes(fly, open)).toEqual({
    worst: { at: 90, money: -3 },
    best: { at: 100, money: 7 },
  });
});

test("what was realised counts, and bounds cut the ends", () => {
  const { worst, best } = extremes([leg("SCALAR", null, -2, 50, 30)], { min: 0, max: 91 });
  expect(best).toEqual({ at: 0, money: 130 });
  expect(worst).toEqual({ at: 91, money: -52 });
  expect(extremes([leg("PUT", 40, -1, 3)], { min: 0, max: Infinity }).worst).toEqual({
    at: 0,
    money: -37,
  });
});

test("below zero a sold put has no limit where the underlying has none", () => {
  expect(extremes([leg("PUT", 40, -1, 3)], open).worst).toEqual({
    at: -Infinity,
    money: -Infinity,
  });
});

describe("the worst after an order", () => {
  let room: FakeRoom;
  const call = {
    ...{ ...scalar, id: 2, inst: 2, symbol: "SUM 10C", type: "CALL" as const },
    ...{ reference_id: 1, strike: 10, min_price: 0 },
  };
  beforeEach(() => {
    room = new FakeRoom();
    room.instruments = [{ ...scalar, min_price: 0, max_price: 40 }, call];
  });
  const order = (inst: number, side: Side, qty: number, price: number) => {
    const instrument = room.instrument(inst) ?? scalar;
    return worstAfter(room, { instrument, side, qty, price });
  };

  test("alone, an order loses at the bound that is against it", () => {
    expect(order(1, "buy", 5, 12)).toEqual({ money: -60, at: 0 });
    expect(order(1, "sell", 5, 12)).toEqual({ money: -140, at: 40 });
    expect(order(2, "buy", 5, 3)).toMatchObject({ money: -15 });
  });

  test("what is held in the underlying counts with the option: a covered call", () => {
    room.hold(5);
    expect(order(2, "sell", 5, 3)).toEqual({ money: -35, at: 0 });
    expect(order(2, "sell", 10, 3)).toEqual({ money: -120, at: 40 });
  });

  test("without bounds it has no limit, and without the underlying there is nothing to say", () => {
    room.instruments = [{ ...scalar, min_price: -1e12, max_price: 1e12 }, call];
    expect(order(1, "sell", 1, 12)?.money).toBe(-Infinity);
    room.instruments = [call];
    expect(order(2, "sell", 1, 3)).toBeNull();
  });
});

describe("orders beyond settlement", () => {
  const jar = { min_price: 0, max_price: 100, tick_size: 1 };
  const endless = { min_price: -1_000_000_000, max_price: 1_000_000_000, tick_size: 1 };

  test("an option settles within what its underlying's bounds leave it", () => {
    expect(settlementRange({ type: "CALL", strike: 60 }, jar)).toEqual([0, 40]);
    expect(settlementRange({ type: "PUT", strike: 60 }, jar)).toEqual([0, 60]);
    expect(settlementRange({ type: "CALL", strike: -20 }, jar)).toEqual([20, 120]);
    expect(settlementRange({ type: "SCALAR", strike: null }, jar)).toEqual([0, 100]);
    expect(settlementRange({ type: "CALL", strike: 60 }, endless)).toEqual([0, Infinity]);
    expect(settlementRange({ type: "PUT", strike: 60 }, endless)).toEqual([0, Infinity]);
  });

  const room = new FakeRoom();
  const scalar = room.instruments[0] as Instrument;
  room.instruments = [{ ...scalar, ...jar }];
  const option = (type: "CALL" | "PUT", strike: number): Instrument => ({
    ...scalar,
    ...{ id: 2, type, strike, reference_id: scalar.id, tick_size: 0.25 },
  });
  const call = option("CALL", 60);
  const beyond = (side: Side, limit: number | null, more: Partial<OrderTerms> = {}) =>
    beyondSettlement(room, { instrument: call, side, qty: 5, limit, rests: true, ...more });

  test("what waits beyond is told, what waits at the very bound is not", () => {
    expect(beyond("buy", 40)).toBeNull();
    expect(beyond("buy", 40.25)).toBe(40);
    expect(beyond("buy", 60.25, { instrument: option("PUT", 60) })).toBe(60);
    expect(beyond("sell", 0)).toBeNull();
    expect(beyond("sell", -0.25)).toBe(0);
    expect(beyond("sell", 19.75, { instrument: option("CALL", -20) })).toBe(20);
  });

  test("what trades at once counts by the book's prices, not by the limit", () => {
    const asks: Level[] = [
      [5, 3],
      [41, 9],
    ];
    room.book({ asks }, [call.id]);
    expect(beyond("buy", 45, { qty: 3 })).toBeNull();
    expect(beyond("buy", 45)).toBe(40);
    expect(beyond("buy", 40)).toBeNull();
    expect(beyond("buy", 40.5)).toBe(40);
    // The order takes the quantity at five, and its rest is cancelled.
    expect(beyond("buy", 40.5, { rests: false })).toBeNull();
    expect(beyond("buy", null, { rests: false, qty: 3 })).toBeNull();
    expect(beyond("buy", null, { rests: false, qty: 4 })).toBe(40);
    expect(beyond("sell", null, { rests: false })).toBeNull();
  });

  test("without the underlying nothing is told", () => {
    const orphan = { ...call, reference_id: 9 };
    expect(beyond("buy", 1e6, { instrument: orphan })).toBeNull();
  });
});
