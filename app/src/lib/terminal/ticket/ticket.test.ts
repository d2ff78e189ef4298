import { beforeEach, expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/fake-room.ts";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";

let room: FakeRoom;
let desk: Desk;
beforeEach(() => {
  room = new FakeRoom();
  room.instruments = [scalar, { ...scalar, id: 2, inst: 2, symbol: "OTHER" }];
  room.bids = [[95, 5]];
  room.asks = [[105, 5]];
  desk = new Desk(room);
  desk.layout.armed = false;
});

test("a price pressed while the ticket is out of sight is still there when it comes into sight", () => {
  desk.click(1, "sell", 99);
  desk.ticket.attend();
  expect(desk.ticket).toMatchObject({ side: "sell", price: 99, qty: 10 });
  expect([desk.ticketTab, desk.panel]).toEqual(["order", "ticket"]);
});

test("so is one pressed in another instrument than the ticket was about", () => {
  desk.ticket.attend();
  desk.click(2, "buy", 101);
  desk.ticket.attend();
  expect(desk.ticket).toMatchObject({ side: "buy", price: 101 });
  expect(desk.ticket.instrument?.id).toBe(2);
});

test("a typed price outlasts going to another tab; one that nobody chose follows the book", () => {
  desk.ticket.attend();
  expect(desk.ticket.price).toBe(95);
  room.bids = [[96, 5]];
  desk.ticket.attend();
  expect(desk.ticket.price).toBe(96);
  desk.ticket.enterPrice(103);
  desk.ticket.attend();
  expect(desk.ticket.price).toBe(103);
  desk.layout.choose(2);
  desk.ticket.attend();
  expect(desk.ticket.price).toBe(96);
});
