import { beforeEach, expect, test } from "vitest";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { restOf } from "./rest.ts";

let room: FakeRoom;
beforeEach(() => {
  room = new FakeRoom();
});

test("a rest that waits is told with its price, and can be cancelled", () => {
  const order = room.rest(1, "buy", 10, 9, { qty: 10, filled: 1 });
  expect(restOf(room, 1, 0.5)).toEqual({ text: " 9 waiting at 10.0.", order });
});

test("a cancelled rest is told; of a whole fill there is nothing to tell", () => {
  const order = room.rest(1, "buy", 10, 0, { qty: 10, filled: 1, status: "cancelled" });
  room.list();
  room.doneOrders = [order, { ...order, order_id: 2, filled: 10, status: "filled" }];
  expect(restOf(room, 1, 0.5)).toEqual({ text: " 9 cancelled.", order: null });
  expect(restOf(room, 2, 0.5)).toBeNull();
  expect(restOf(room, 3, 0.5)).toBeNull();
});
