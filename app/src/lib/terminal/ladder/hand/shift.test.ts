import { beforeEach, expect, test, vi } from "vitest";
import type { Message } from "#protocol";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { LadderShift } from "./shift.ts";
import { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";

let room: FakeRoom;
let orders: Orders;
let shift: LadderShift;
/** Replies of the exchange that the test holds back. */
let answers: (() => void)[];
/** Whether the exchange accepts requests. */
let accepts: boolean;

beforeEach(() => {
  room = new FakeRoom();
  answers = [];
  accepts = true;
  vi.spyOn(room, "send").mockImplementation((command) => {
    room.sent.push(command);
    return new Promise<Message>((resolve) => {
      answers.push(() => {
        const price = "price" in command ? Number(command.price) : null;
        const id = "order_id" in command ? command.order_id : null;
        if (accepts)
          room.list(...room.orders.map((o) => (o.order_id === id ? { ...o, price } : o)));
        resolve({ type: "replace_ack", success: true } as Message);
      });
    });
  });
  orders = new Orders(room);
  shift = new LadderShift(new LadderState(room, orders, 1), orders);
});
const answer = () => {
  answers.shift()?.();
  return new Promise((resolve) => setTimeout(resolve));
};
const prices = () => room.sent.map((c) => ("price" in c ? [c.op, c.price] : c));

test("a press moves what rests at a price by a tick, as one replace an order", async () => {
  room.rest(1, "buy", 9.5);
  room.rest(2, "sell", 9.5);
  expect(shift.step("buy", 19, 1)).toBe(20);
  expect(room.sent).toEqual([{ op: "replace", order_id: 1, price: 10 }]);
  await answer();
  expect(room.sent).toHaveLength(1);
});

test("presses faster than the answers add up to one more replace", async () => {
  room.rest(1, "buy", 9.5);
  expect(shift.step("buy", 19, -1)).toBe(18);
  expect(shift.step("buy", 18, -1)).toBe(17);
  expect(shift.step("buy", 17, -1)).toBe(16);
  expect(prices()).toEqual([["replace", 9]]);
  await answer();
  expect(prices()).toEqual([
    ["replace", 9],
    ["replace", 8],
  ]);
  await answer();
  expect(answers).toEqual([]);
});

test("on its way an order takes no other along; once the keys were elsewhere it does", async () => {
  room.rest(1, "buy", 9.5);
  room.rest(2, "buy", 9);
  shift.step("buy", 19, -1);
  await answer();
  expect(shift.step("buy", 18, -1)).toBe(17);
  await answer();
  expect(room.orders.map((o) => o.price)).toEqual([8.5, 9]);
  shift.step("buy", 17, 1);
  await answer();
  shift.letGo();
  shift.step("buy", 18, 1);
  expect(room.sent.slice(-2)).toEqual([
    { op: "replace", order_id: 1, price: 9.5 },
    { op: "replace", order_id: 2, price: 9.5 },
  ]);
});

test("a refusal ends the way: what was pressed after it is not sent", async () => {
  room.rest(1, "buy", 9.5);
  shift.step("buy", 19, 1);
  shift.step("buy", 20, 1);
  accepts = false;
  await answer();
  expect(prices()).toEqual([["replace", 10]]);
  expect(shift.step("buy", 21, 1)).toBeNull();
  expect(shift.step("buy", 19, 1)).toBe(20);
});

test("where one of several is being changed none goes before that is answered", async () => {
  const changed = room.rest(1, "buy", 9.5);
  room.rest(2, "buy", 9.5);
  void orders.amend(changed, null, 4);
  expect(shift.step("buy", 19, 1)).toBeNull();
  expect(room.sent).toEqual([{ op: "replace", order_id: 1, qty: 4 }]);
  const price = changed.price;
  await answer();
  room.list(...room.orders.map((o) => ({ ...o, price })));
  expect(shift.step("buy", 19, 1)).toBe(20);
  expect(room.sent).toHaveLength(3);
});

test("nothing there, or no prices beyond: nothing is sent", () => {
  room.instruments = [{ ...scalar, max_price: 9.5 }];
  room.rest(1, "buy", 9.5);
  expect(shift.step("buy", 19, 1)).toBeNull();
  expect(shift.step("sell", 19, -1)).toBeNull();
  expect(room.sent).toEqual([]);
});
