import { beforeEach, expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { TicketState } from "#lib/terminal/ticket/ticket.svelte.ts";
import { extremes, positionOfOrder } from "#lib/trading/settlement.ts";
import { Desk } from "./desk.svelte.ts";
import type { OrderPreview } from "./order-preview.svelte.ts";

let room: FakeRoom;
let desk: Desk;
let ticket: TicketState;
let preview: OrderPreview;
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[14, 5]] });
  desk = new Desk(room);
  ticket = new TicketState(desk);
  ticket.reset();
  preview = desk.preview;
});
const seen = () => {
  const { order } = preview;
  return order && [order.side, order.qty, order.price];
};

test("a price pointed at is an order of the selected size, also when the size changes", () => {
  expect(seen()).toBeNull();
  preview.pointed = { inst: 1, side: "buy", price: 12 };
  expect(seen()).toEqual(["buy", 10, 12]);
  desk.sizes.setSize(1, 3);
  expect(seen()).toEqual(["buy", 3, 12]);
});

test("a cell of the chain means the best price as it is now, and nothing where there is none", () => {
  preview.pointed = { inst: 1, side: "sell", price: null };
  expect(seen()).toEqual(["sell", 10, 10]);
  room.book({ bids: [] });
  preview.pointed = { inst: 1, side: "sell", price: null };
  expect(seen()).toBeNull();
});

test("the ticket counts once somebody has worked on it, and only if it could be sent", () => {
  ticket.fill("buy", 12);
  expect(seen()).toEqual(["buy", 10, 12]);
  ticket.enterPrice(12.3);
  expect(seen()).toBeNull();
  ticket.enterPrice(12);
  preview.pointed = { inst: 1, side: "sell", price: 14 };
  expect(seen()).toEqual(["sell", 10, 14]);
  preview.pointed = null;
  ticket.reset();
  expect(seen()).toBeNull();
  // The ticket computes the order's effect all the same.
  expect(ticket.order).toMatchObject({ qty: 10, price: 10 });
});

test("nothing is previewed in what is settled: not from the ticket, not under the pointer", () => {
  ticket.fill("buy", 12);
  room.instruments = [{ ...scalar, settled: true }];
  expect(seen()).toBeNull();
  expect(ticket.order).toBeNull();
  preview.pointed = { inst: 1, side: "sell", price: 14 };
  expect(seen()).toBeNull();
});

test("an order at the market is what the visible book would give of it", () => {
  room.book({
    asks: [
      [14, 5],
      [15, 2],
    ],
  });
  ticket.fill("buy", null);
  ticket.type = "market";
  ticket.qty = 20;
  expect(seen()).toEqual(["buy", 7, (5 * 14 + 2 * 15) / 7]);
});

test("the order is a leg beside what is held: more of a sold call loses more at the same place", () => {
  const call = { ...scalar, type: "CALL", strike: 100 } as const;
  const held = [{ instrument: call, qty: -10, vwap: 4, realized: 0 }];
  const bounds = { min: 0, max: 120 };
  const after = [...held, positionOfOrder({ instrument: call, side: "sell", qty: 5, price: 2 })];
  expect(extremes(held, bounds).worst).toEqual({ at: 120, money: -160 });
  expect(extremes(after, bounds).worst).toEqual({ at: 120, money: -250 });
});
