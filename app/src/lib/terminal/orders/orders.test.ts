import { beforeEach, describe, expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { Orders } from "./orders.svelte.ts";

let room: FakeRoom;
let orders: Orders;
beforeEach(() => {
  room = new FakeRoom();
  orders = new Orders(room);
});

test("a click is a limit order at its price, or a reason at its place", () => {
  orders.place(1, "buy", 10.5, 7);
  expect(room.sent).toEqual([{ op: "order_new", inst: 1, side: "buy", price: 10.5, qty: 7 }]);
  room.instruments = [{ ...scalar, halted: true }];
  orders.place(1, "buy", 10.5, 7);
  expect(room.sent).toHaveLength(1);
  expect(room.notices.list[0]?.event).toMatchObject({ type: "refused", inst: 1, price: 10.5 });
});

describe("the guard", () => {
  beforeEach(() =>
    room.book({
      bids: [[9, 5]],
      asks: [
        [11, 5],
        [60, 50],
      ],
    }),
  );

  test("an unusual click waits for its second press, and says why at its price", () => {
    expect(orders.place(1, "buy", 30, 7)).toBe(false);
    expect(room.sent).toEqual([]);
    expect(orders.guard.asked).toMatchObject({
      ...{ inst: 1, side: "buy", price: 30 },
      text: "Press again: 30.0 is 38 ticks above the best ask of 11.0.",
    });
    // Another price is another order.
    expect(orders.place(1, "buy", 29, 7)).toBe(false);
    expect(orders.place(1, "buy", 29, 7)).toBe(true);
    expect(room.sent).toEqual([{ op: "order_new", inst: 1, side: "buy", price: 29, qty: 7 }]);
    // The first one still waits for its own.
    expect(orders.guard.asked?.price).toBe(30);
  });

  test("a million at the market tells what it would pay", () => {
    const order = { op: "order_new", inst: 1, side: "buy", qty: 1e6, type: "market" } as const;
    expect(orders.submit(order)).toBe(false);
    expect(orders.questionAbout(order)).toBe(
      "Press again: 1,000,000 is above your guard of 100; at the market about 55.545 each, 60.0 at worst, 98 ticks from the best price.",
    );
    expect(orders.submit(order)).toBe(true);
    expect(room.sent).toEqual([order]);
  });

  test("a change is asked about by what it changes", () => {
    const large = room.rest(1, "buy", 9, 5_000);
    expect(orders.letsChange([large], 9.5, null)).toBe(true);
    expect(orders.letsChange([large], 9, 4_000)).toBe(true);
    expect(orders.letsChange([large], 9, 5_001)).toBe(false);
    expect(orders.letsChange([large], 20, null)).toBe(false);
    expect(orders.letsChange([large], 20, null)).toBe(true);
  });

  test("flatten and reverse send nothing before the second press, not even the cancels", () => {
    room.rest(1, "sell", 12);
    room.hold(-30);
    orders.flatten(1);
    expect(room.sent).toEqual([]);
    expect(orders.questionAboutClosing("flatten", 1)).toMatch(/60\.0 at worst/);
    orders.reverse(1);
    expect(room.sent).toEqual([]);
    orders.reverse(1);
    expect(room.sent).toMatchObject([{ op: "cancel" }, { side: "buy", qty: 50, type: "market" }]);
  });

  test("nothing is asked where the trader wants none of it", () => {
    const free = new Orders(room, { armed: true, guard: false });
    expect(free.place(1, "buy", 60, 50_000)).toBe(true);
  });
});

test("an order that never rests and finds nobody says so", async () => {
  room.answer = () => ({ type: "order_ack", filled: 0, status: "cancelled" });
  orders.place(1, "buy", 10, 7, "IOC");
  await new Promise((resolve) => setTimeout(resolve));
  expect(room.sent).toMatchObject([{ tif: "IOC" }]);
  expect(room.notices.list[0]?.event).toMatchObject({
    text: "Nothing bought: 7 SUM cancelled.",
  });
});

describe("cancelling", () => {
  test("is one message for one order and one for several, and is not asked twice", async () => {
    orders.cancel([room.rest(1, "buy", 10)]);
    orders.cancel([...room.orders]);
    const more = [room.rest(2, "buy", 9), room.rest(3, "buy", 9)];
    orders.cancel(more);
    expect(room.sent).toEqual([
      { op: "cancel", order_id: 1, inst: 1 },
      { op: "cancel_inst", inst: 1, order_ids: [2, 3] },
    ]);
    expect([...orders.leaving]).toEqual([1, 2, 3]);
    await Promise.resolve();
    await Promise.resolve();
    expect([...orders.leaving]).toEqual([]);
  });

  test("all of it is offered while an order or quote works or is on its way", async () => {
    expect(orders.hasAny).toBe(false);
    room.rest(1, "buy", 10);
    expect(orders.hasAny).toBe(true);
    room.list();
    room.pending = [
      { cid: "a", inst: 1, side: "buy", price: 10, qty: 1, sentAt: 0, state: "unacknowledged" },
    ];
    expect(orders.hasAny).toBe(true);
    room.pending = room.pending.map((order) => ({ ...order, state: "unsent" }));
    expect(orders.hasAny).toBe(false);
    orders.quoter.want(1, { bid: 10, bidQty: 1, ask: null, askQty: null });
    expect(orders.hasAny).toBe(true);
    await Promise.resolve();
    await Promise.resolve();
    expect(orders.hasAny).toBe(false);
  });

  test("works by side, and all of it even where no order is known, and while paused", () => {
    room.rest(1, "buy", 10);
    room.rest(2, "sell", 11);
    room.session = { state: "paused", ends_at: null, session_id: "s", room_name: "" };
    orders.cancelIn(1, "sell");
    orders.cancelAll();
    expect(room.sent).toEqual([{ op: "cancel", order_id: 2, inst: 1 }, { op: "cancel_all" }]);
  });
});

describe("moving", () => {
  test("keeps the original until the answer, and says when the order is gone", async () => {
    room.answer = () => ({ type: "replace_ack", success: false });
    const order = room.rest(5, "sell", 12);
    const done = orders.move([order], 13);
    expect(room.sent).toEqual([{ op: "replace", order_id: 5, price: 13 }]);
    expect(orders.moving.get(5)).toEqual({ inst: 1, side: "sell", price: 13, qty: 10 });
    expect(orders.leaving.has(5)).toBe(true);
    await done;
    expect(orders.moving.size).toBe(0);
    expect(room.notices.list[0]?.event).toMatchObject({
      message: expect.stringMatching(/gone already/),
    });
  });

  test("sends only what changes, and nothing for nothing", async () => {
    const order = room.rest(5, "sell", 12);
    await orders.amend(order, 12, 4);
    await orders.amend(order, 12, 10);
    expect(room.sent).toEqual([{ op: "replace", order_id: 5, qty: 4 }]);
  });
});

describe("closing a position", () => {
  test("flatten cancels first and then trades it away", () => {
    room.rest(1, "sell", 11);
    room.hold(30);
    orders.flatten(1);
    expect(room.sent).toEqual([
      { op: "cancel", order_id: 1, inst: 1 },
      { op: "order_new", inst: 1, side: "sell", qty: 30, type: "market" },
    ]);
  });

  test("reverse is twice as much, as far as one order may be", () => {
    room.hold(-20);
    orders.reverse(1);
    room.hold(40);
    orders.reverse(1);
    expect(room.sent).toMatchObject([
      { side: "buy", qty: 40 },
      { side: "sell", qty: 50 },
    ]);
  });

  test("says what nobody would take; does nothing when flat", async () => {
    room.answer = () => ({ type: "order_ack", filled: 12 });
    room.hold(0);
    orders.flatten(1);
    expect(room.sent).toEqual([]);
    room.hold(30);
    orders.flatten(1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(room.notices.list[0]?.event).toEqual({
      ...{ type: "remark", text: "12 of 30 traded: nobody bids for the rest." },
    });
  });
});

test("the ticket's order goes out as it is, unless something blocks it", () => {
  const order = { op: "order_new", inst: 1, side: "sell", qty: 3, type: "market" } as const;
  expect(orders.submit(order)).toBe(true);
  expect(room.sent).toEqual([order]);
  room.instruments = [{ ...scalar, settled: true }];
  expect(orders.submit(order)).toBe(false);
  expect(orders.place(1, "buy", 10, 1)).toBe(false);
  expect(room.sent).toHaveLength(1);
});

test("one-click trading is locked where the preferences are", () => {
  const lock = { armed: true };
  const locked = new Orders(room, lock);
  locked.armed = false;
  expect([locked.armed, lock.armed]).toEqual([false, false]);
});
