import { beforeEach, expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { QuoteState } from "./quote.svelte.ts";

let room: FakeRoom;
const sit = () => {
  const quote = new QuoteState(new Desk(room));
  quote.reset();
  return quote;
};
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[14, 5]] });
});

test("it begins inside a wide market at the selected size and sends both sides in one message", () => {
  const quote = sit();
  expect([quote.bid, quote.ask, quote.mid, quote.width]).toEqual([10.5, 13.5, 24, 6]);
  quote.send();
  expect(room.sent).toEqual([
    { op: "quote", inst: 1, bid: 10.5, bid_qty: 10, ask: 13.5, ask_qty: 10 },
  ]);
});

test("without a market and a trade it begins around the opening price", () => {
  room.book({ bids: [], asks: [] });
  expect([sit().bid, sit().ask]).toEqual([null, null]);
  room.instruments = [{ ...scalar, opening_price: 550 }];
  expect([sit().bid, sit().ask]).toEqual([549.5, 550.5]);
});

test("steps change the draft; a live quote follows at once", () => {
  const quote = sit();
  quote.move("tighter");
  expect([quote.bid, quote.ask]).toEqual([11, 13]);
  expect(room.sent).toEqual([]);
  room.rest(1, "buy", 11, 10, { quote: true });
  room.rest(2, "sell", 13, 10, { quote: true });
  quote.move("up");
  expect(room.sent).toEqual([
    { op: "quote", inst: 1, bid: 11.5, bid_qty: 10, ask: 13.5, ask_qty: 10 },
  ]);
});

test("steps of a live quote go out one at a time, and the last one wins", async () => {
  const quote = sit();
  quote.send();
  for (let i = 0; i < 3; i++) quote.move("up");
  expect(room.sent).toHaveLength(1);
  room.rest(1, "buy", 10.5, 10, { quote: true });
  room.rest(2, "sell", 13.5, 10, { quote: true });
  await Promise.resolve();
  await Promise.resolve();
  expect(room.sent.slice(1)).toEqual([
    { op: "quote", inst: 1, bid: 12, bid_qty: 10, ask: 15, ask_qty: 10 },
  ]);
});

test("it comes back to a live quote, and pulls only that", () => {
  room.rest(1, "buy", 9, 3, { quote: true });
  room.rest(2, "sell", 15, 4, { quote: true });
  room.rest(3, "sell", 20, 4);
  const quote = sit();
  expect([quote.bid, quote.bidQty, quote.ask, quote.askQty]).toEqual([9, 3, 15, 4]);
  quote.pull();
  expect(room.sent).toEqual([{ op: "cancel_inst", inst: 1, order_ids: [1, 2] }]);
});

test("mid and width are another way to say the same", () => {
  const quote = sit();
  quote.setWidth(2);
  expect([quote.bid, quote.ask]).toEqual([11.5, 12.5]);
  quote.setMid(20);
  expect([quote.bid, quote.ask]).toEqual([19.5, 20.5]);
});

test("one side may be left out; what cannot be sent says why", () => {
  const quote = sit();
  quote.askQty = 0;
  quote.send();
  expect(room.sent).toEqual([{ op: "quote", inst: 1, bid: 10.5, bid_qty: 10 }]);
  quote.askQty = 10;
  quote.ask = 10;
  expect(quote.errors.quote).toBe("The bid must be below the ask.");
  quote.ask = 13.3;
  expect(quote.errors.ask).toMatch(/13\.0 or 13\.5/);
  quote.send();
  expect(room.sent).toHaveLength(1);
  room.instruments = [{ ...scalar, settled: true }];
  quote.ask = 13.5;
  quote.send();
  expect(room.sent).toHaveLength(1);
  expect(room.notices.list.at(-1)?.event).toMatchObject({
    message: expect.stringMatching(/settled/),
  });
});

test("a quote half of which is gone says so, with what rests, and an update refills it", async () => {
  const quote = sit();
  quote.send();
  await Promise.resolve();
  expect(quote.left).toBeNull();
  room.rest(1, "buy", 10.5, 10, { quote: true });
  room.rest(2, "sell", 13.5, 10, { quote: true });
  expect(quote.left).toBeNull();
  room.list({ ...room.orders[0]!, leaves: 4 });
  const again = () => {
    quote.attend();
    return quote.left;
  };
  expect(again()).toEqual({
    less: true,
    text: "Your bid rests: 4 at 10.5, your offer is gone. Update refills it.",
  });
  expect([quote.bidQty, quote.ask, quote.askQty]).toEqual([10, 13.5, 10]);
  quote.send();
  expect(room.sent.at(-1)).toEqual(room.sent[0]);
});

test("of a quote that this page did not send it says which side there is", () => {
  room.rest(1, "sell", 13, 3, { quote: true });
  const quote = sit();
  expect(quote.left).toEqual({ less: false, text: "Only your offer is live: 3 at 13.0." });
});

test("what was typed outlasts going to another tab, and is nobody's mistake before", () => {
  room.book({ bids: [], asks: [] });
  const quote = sit();
  expect([quote.errors.quote, quote.touched]).toEqual([
    "Give at least one side a price and a size.",
    false,
  ]);
  quote.enter({ bid: 9 });
  quote.attend();
  expect([quote.bid, quote.touched]).toEqual([9, true]);
});
