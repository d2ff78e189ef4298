import { expect, test } from "vitest";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { FakeRoom } from "#lib/state/fake-room.ts";
import { outsideBook } from "./book.ts";

test("what one shows oneself is not there to be taken, by key neither", () => {
  const room = new FakeRoom();
  room.bids = [[10, 5]];
  room.asks = [
    [11, 4],
    [12, 6],
  ];
  room.rest(1, "sell", 11, 4);
  room.rest(2, "sell", 12, 1);
  expect(outsideBook(room, 1)).toEqual({ bids: [[10, 5]], asks: [[12, 5]] });
  const desk = new Desk(room);
  desk.run("liftAsk");
  expect(room.sent).toEqual([{ op: "order_new", inst: 1, side: "buy", price: 12, qty: 10 }]);
  room.asks = [[11, 4]];
  desk.run("liftAsk");
  expect(room.sent).toHaveLength(1);
});
