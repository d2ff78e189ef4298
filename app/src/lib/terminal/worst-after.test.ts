import { beforeEach, expect, test } from "vitest";
import type { Side } from "#protocol";
import { FakeRoom, scalar } from "#lib/state/fake-room.ts";
import { worstAfter } from "./worst-after.ts";

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
