import { beforeEach, expect, test } from "vitest";
import { TicketState } from "./ticket.svelte.ts";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";

let room: FakeRoom;
let desk: Desk;
let ticket: TicketState;
beforeEach(() => {
  room = new FakeRoom();
  room.instruments = [scalar, { ...scalar, id: 2, inst: 2, symbol: "OTHER" }];
  room.book({ bids: [[95, 5]], asks: [[105, 5]] });
  desk = new Desk(room);
  ticket = new TicketState(desk);
  desk.orders.armed = false;
});

test("a price pressed while the ticket is out of sight is still there when it comes into sight", () => {
  desk.click(1, "sell", 99);
  ticket.attend();
  expect(ticket).toMatchObject({ side: "sell", price: 99, qty: 10 });
  expect([desk.ticketTab, desk.panel]).toEqual(["order", "ticket"]);
});

test("so is one pressed in another instrument than the ticket was about", () => {
  ticket.attend();
  desk.click(2, "buy", 101);
  ticket.attend();
  expect(ticket).toMatchObject({ side: "buy", price: 101 });
  expect(ticket.instrument?.id).toBe(2);
});

test("without a market and a trade it begins at the opening price, on the grid", () => {
  room.instruments = [{ ...scalar, opening_price: 550.25 }];
  room.book({ bids: [], asks: [] });
  ticket.attend();
  expect(ticket.price).toBe(550.5);
  room.book({ asks: [[560, 1]] });
  ticket.attend();
  expect(ticket.price).toBe(560);
});

test("a typed price outlasts going to another tab; one that nobody chose follows the book", () => {
  ticket.attend();
  expect(ticket.price).toBe(95);
  room.book({ bids: [[96, 5]] });
  ticket.attend();
  expect(ticket.price).toBe(96);
  ticket.enterPrice(103);
  ticket.attend();
  expect(ticket.price).toBe(103);
  desk.choose(2);
  ticket.attend();
  expect(ticket.price).toBe(96);
});

test("an untouched price and size follow the book and the round; a typed one stays", () => {
  ticket.attend();
  room.book({ bids: [[30, 5]], asks: [[40, 5]] });
  ticket.follow();
  expect(ticket.price).toBe(30);
  desk.sizes.setSize(1, 3);
  ticket.follow();
  expect(ticket.qty).toBe(3);
  ticket.enterQty(7);
  ticket.enterPrice(33);
  room.book({ bids: [[31, 5]] });
  desk.sizes.setSize(1, 4);
  ticket.follow();
  expect(ticket).toMatchObject({ price: 33, qty: 7 });
});
