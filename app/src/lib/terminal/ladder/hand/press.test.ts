import { beforeEach, expect, test } from "vitest";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { TicketState } from "#lib/terminal/ticket/ticket.svelte.ts";
import { LadderPress } from "./press.ts";
import { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";

let room: FakeRoom;
let desk: Desk;
let ladder: LadderState;
let press: LadderPress;
let ticket: TicketState;
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[11, 7]] });
  desk = new Desk(room);
  ticket = new TicketState(desk);
  ladder = new LadderState(room, desk.orders, 1);
  ladder.rowCount = 21;
  press = new LadderPress(desk, ladder);
});
const sent = () =>
  room.sent.map((c) => (c.op === "order_new" ? `${c.side} ${c.qty} at ${c.price}` : c.op));
const ask = { column: "ask", ticks: 22 } as const;
const bid = { column: "bid", ticks: 20 } as const;

test("by column the side is the column's, and the right button is the browser's unless it has a size", () => {
  press.act(ask, "mouse");
  expect(press.hasSecond(ask)).toBe(false);
  desk.preferences.secondSize = 1;
  expect(press.hasSecond(ask)).toBe(true);
  press.actSecond(bid);
  expect(sent()).toEqual(["sell 10 at 11", "buy 5 at 10"]);
});

test("in a row of several ticks an order goes at the row's price, and a press cancels all own ones in it", () => {
  desk.groups.set(1, 5);
  ladder = new LadderState(room, desk.orders, 1, undefined, desk.groups);
  ladder.rowCount = 21;
  press = new LadderPress(desk, ladder);
  room.rest(1, "buy", 10.5, 3);
  room.rest(2, "buy", 12, 2);
  press.act({ column: "bid", ticks: 4 }, "mouse");
  press.act({ column: "ask", ticks: 5 }, "mouse");
  press.act({ column: "myBid", ticks: 4 }, "mouse");
  expect(sent()).toEqual(["buy 10 at 10", "sell 10 at 12.5", "cancel_inst"]);
});

test("by buttons the left one buys and the right one sells the selected size, in either column", () => {
  desk.preferences.mouseScheme = "buttons";
  desk.preferences.secondSize = 1;
  for (const place of [bid, ask]) {
    press.act(place, "mouse");
    press.actSecond(place);
  }
  expect(sent()).toEqual(["buy 10 at 10", "sell 10 at 10", "buy 10 at 11", "sell 10 at 11"]);
  expect(press.hintAt(ask, "mouse")).toBe(
    "Left: buy 10 SUM at 11.0, takes up to 7 that others offer, 3 left waiting · right: sell 10, joins the book",
  );
  expect(press.orderAt(ask, "mouse")).toEqual({ inst: 1, side: "buy", price: 11 });
});

test("fingers and keys go by column whatever the buttons do, and are told so", () => {
  desk.preferences.mouseScheme = "buttons";
  press.act(ask, "other");
  expect(sent()).toEqual(["sell 10 at 11"]);
  expect(press.hintAt(ask, "other")).toBe("Click: sell 10 SUM at 11.0, joins the book");
});

test("by buttons, too, the right one edits own orders, and nothing is sent outside the bounds", () => {
  desk.preferences.mouseScheme = "buttons";
  room.rest(1, "sell", 11, 4);
  press.actSecond({ column: "myAsk", ticks: 22 });
  expect(ladder.editing).toEqual({ side: "sell", ticks: 22 });
  press.act({ column: "bid", ticks: 5_000 }, "mouse");
  press.actSecond({ column: "bid", ticks: 5_000 });
  expect(press.hasSecond({ column: "price", ticks: 22 })).toBe(false);
  expect(sent()).toEqual([]);
});

test("locked, both buttons only fill the ticket; stopped, they say why", () => {
  desk.preferences.mouseScheme = "buttons";
  desk.orders.armed = false;
  press.actSecond(bid);
  expect([ticket.side, ticket.price, sent()]).toEqual(["sell", 10, []]);
  press.act(ask, "mouse");
  expect([ticket.side, ticket.price, sent()]).toEqual(["buy", 11, []]);
  desk.orders.armed = true;
  room.hear({ type: "kill_switch", user_id: 1, on: true });
  press.actSecond(bid);
  expect(room.notices.list.map(({ event }) => event.type)).toEqual(["killed", "refused"]);
  expect(sent()).toEqual([]);
});
