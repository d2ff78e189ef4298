/** An incoming order never trades with its owner's resting ones. */

import { expect, test } from "vitest";
import { bookOf, buy, codeOf, fillsIn, idOf, ordersOf, sell, table } from "../testing/table.ts";

test("a resting order of the same owner is cancelled when matching reaches it, and matching goes on", () => {
  const { alice, bob } = table();
  const own = idOf(sell(alice, 5, 100));
  sell(bob, 5, 101);
  const messages = alice.ask("order_new", { inst: 1, side: "buy", qty: 8, price: 101 });
  expect(messages[0]).toMatchObject({ type: "order_ack", filled: 5, leaves: 3, status: "partial" });
  expect(alice.last("order")).toMatchObject({
    order_id: own,
    status: "cancelled",
    reason: "self_trade",
    filled: 0,
    leaves: 0,
    price: 100,
  });
  expect(fillsIn(messages)).toEqual([{ price: 101, qty: 5, side: "buy", liquidity: "taker" }]);
  expect(bookOf(bob)).toEqual({ bids: [[101, 3]], asks: [] });
});

test("an own order that matching does not reach stays", () => {
  const { alice, bob } = table();
  sell(bob, 5, 100);
  sell(alice, 5, 100);
  expect(buy(alice, 5, 100)).toMatchObject({ filled: 5, status: "filled" });
  expect(bookOf(bob)).toEqual({ bids: [], asks: [[100, 5]] });
  expect(ordersOf(alice)).toHaveLength(1);
});

test("FOK counts only the others' quantity, and a killed one changes nothing", () => {
  const { alice, bob } = table();
  const own = idOf(sell(alice, 5, 100));
  sell(bob, 5, 101);
  const fok = { tif: "FOK" } as const;
  expect(codeOf(buy(alice, 6, 101, fok))).toBe("FOK_UNFILLED");
  expect(ordersOf(alice).map((order) => order.order_id)).toEqual([own]);
  expect(buy(alice, 5, 101, fok)).toMatchObject({ filled: 5, status: "filled" });
  expect(ordersOf(alice)).toEqual([]);
});

test("an IOC that meets only own orders cancels them and fills nothing", () => {
  const { alice } = table();
  sell(alice, 5, 100);
  sell(alice, 5, 101);
  expect(buy(alice, 8, 101, { tif: "IOC" })).toMatchObject({ filled: 0, status: "cancelled" });
  expect(alice.all("trade")).toEqual([]);
});

test("a partly filled own order keeps its fills", () => {
  const { alice, bob } = table();
  const own = idOf(sell(alice, 5, 100));
  buy(bob, 2, 100);
  buy(alice, 1, 100);
  expect(alice.last("order")).toMatchObject({
    order_id: own,
    status: "cancelled",
    qty: 5,
    filled: 2,
    leaves: 0,
  });
});

test("a replace and a quote that reach an own order cancel it, too", () => {
  const { alice, bob } = table();
  const ask = idOf(sell(alice, 5, 100));
  const bid = idOf(buy(alice, 5, 90));
  expect(alice.reply("replace", { order_id: bid, price: 100 })).toMatchObject({ leaves: 5 });
  expect(alice.last("order")).toMatchObject({ order_id: ask, reason: "self_trade" });
  alice.ask("quote", { inst: 1, ask: 95, ask_qty: 2 });
  expect(alice.last("order")).toMatchObject({ order_id: bid, reason: "self_trade" });
  expect(bookOf(bob)).toEqual({ bids: [], asks: [[95, 2]] });
  expect(bob.all("trade")).toEqual([]);
});
