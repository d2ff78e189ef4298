import { expect, test } from "vitest";
import type { Instrument, Side } from "#protocol";
import { FakeRoom } from "#lib/state/fake-room.ts";
import { beyondSettlement, settlementRange, type Meant } from "./beyond-settlement.ts";

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
const beyond = (side: Side, limit: number | null, more: Partial<Meant> = {}) =>
  beyondSettlement(room, { instrument: call, side, qty: 5, limit, rests: true, ...more });

test("what waits beyond is told, what waits at the very bound is not", () => {
  expect(beyond("buy", 40)).toBeNull();
  expect(beyond("buy", 40.25)).toBe("40.00");
  expect(beyond("buy", 60.25, { instrument: option("PUT", 60) })).toBe("60.00");
  expect(beyond("sell", 0)).toBeNull();
  expect(beyond("sell", -0.25)).toBe("0.00");
  expect(beyond("sell", 19.75, { instrument: option("CALL", -20) })).toBe("20.00");
});

test("what trades at once counts by the book's prices, not by the limit", () => {
  Object.assign(room, {
    asks: [
      [5, 3],
      [41, 9],
    ],
    bids: [],
  });
  expect(beyond("buy", 45, { qty: 3 })).toBeNull();
  expect(beyond("buy", 45)).toBe("40.00");
  expect(beyond("buy", 40)).toBeNull();
  expect(beyond("buy", 40.5)).toBe("40.00");
  // All that is there at five, and the rest is cancelled.
  expect(beyond("buy", 40.5, { rests: false })).toBeNull();
  expect(beyond("buy", null, { rests: false, qty: 3 })).toBeNull();
  expect(beyond("buy", null, { rests: false, qty: 4 })).toBe("40.00");
  expect(beyond("sell", null, { rests: false })).toBeNull();
});

test("without the underlying nothing is told", () => {
  const orphan = { ...call, reference_id: 9 };
  expect(beyond("buy", 1e6, { instrument: orphan })).toBeNull();
});
