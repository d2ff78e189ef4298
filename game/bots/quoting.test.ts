/** Prices on the grid, quotes at the bounds of the price, and which quotes are renewed first. */

import { expect, test } from "vitest";
import { onGrid, quote, quoted, rest, take } from "./acts.ts";
import { contested } from "./contested.ts";
import { halfOf, renewals } from "./quoting.ts";
import { even, market, resting, view } from "./testing/view.ts";
import { Opinions } from "./value.ts";

const inst = 1;
const quarters = market({ instrument: { tick_size: 0.25, lot_size: 10, max_price: 60 } });

test("a price is rounded away from the market, and stays within the bounds", () => {
  expect(onGrid(quarters, 50.1, "buy")).toBe(50);
  expect(onGrid(quarters, 50.1, "sell")).toBe(50.25);
  for (const side of ["buy", "sell"] as const) {
    expect(onGrid(quarters, 50.25, side)).toBe(50.25);
    expect(onGrid(quarters, 70, side)).toBe(60);
    expect(onGrid(quarters, -3, side)).toBe(0);
  }
  const tenths = market({ instrument: { tick_size: 0.1 } });
  expect(onGrid(tenths, 0.3, "buy")).toBe(0.3);
  expect(onGrid(tenths, 0.3, "sell")).toBe(0.3);
});

test("an order has whole lots, and takes no more than there is", () => {
  const book = { ...quarters, bids: [[49, 30]], asks: [[51, 10]] } as const;
  const taking = { op: "order_new", inst, tif: "IOC" };
  expect(take(book, "buy", 2)).toEqual({ ...taking, side: "buy", qty: 10, price: 51 });
  expect(take(book, "sell", 2)).toEqual({ ...taking, side: "sell", qty: 20, price: 49 });
  expect(take(quarters, "buy", 2)).toBeNull();
  expect(rest(quarters, "buy", 50.1, 0.2)).toEqual({
    ...{ op: "order_new", inst, side: "buy", qty: 10, price: 50 },
  });
});

test("a quote at a bound keeps a tick between its sides, and an option at nothing has no bid", () => {
  const sizes = { bidQty: 5, askQty: 6 };
  const sides = (bid: number, ask: number, of = market()) => quote(of, { bid, ask, ...sizes });
  const told = { op: "quote", inst, bid_qty: 5, ask_qty: 6 };
  expect(sides(40, 60)).toEqual({ ...told, bid: 40, ask: 60 });
  expect(sides(50, 50)).toEqual({ ...told, bid: 50, ask: 51 });
  expect(sides(120, 130)).toEqual({ ...told, bid: 99, ask: 100 });
  expect(sides(-9, -3)).toEqual({ ...told, bid: 0, ask: 1 });
  const call = market({ instrument: { type: "CALL" } });
  expect(sides(0.9, 3, call)).toEqual({ ...told, bid: 0, ask: 3, bid_qty: 0 });
  expect(sides(1, 3, call)).toEqual({ ...told, bid: 1, ask: 3 });
});

test("what stands of a quote are its two orders, and no other ones", () => {
  const orders = [
    resting({ side: "buy", price: 30, leaves: 9 }),
    resting({ side: "buy", price: 40, leaves: 2, quote: true }),
    resting({ side: "sell", price: 60, leaves: 3, quote: true }),
  ];
  expect(quoted(market({ orders }))).toEqual({ bid: 40, bidQty: 2, ask: 60, askQty: 3 });
  expect(quoted(market({ orders: orders.slice(0, 2) }))).toEqual({ bid: 40, bidQty: 2 });
});

test("half a quote's width is half a tick at least", () => {
  expect(halfOf(market(), 25)).toBe(3);
  expect(halfOf(market(), 25, 0.2)).toBe(5);
  expect(halfOf(market(), 1)).toBe(0.5);
});

/** The instruments whose quotes are renewed, in order. */
function renewed(wishes: Parameters<typeof renewals>[0], most = 9): number[] {
  return renewals(wishes, most).map((request) => (request.op === "quote" ? request.inst : 0));
}

/** An instrument with a quote of 40 at 60, of which a side may be missing. */
const standing = (id: number, sides: ("buy" | "sell")[], type: "SCALAR" | "CALL" = "SCALAR") =>
  market({
    instrument: { inst: id, type },
    orders: sides.map((side) =>
      resting({ inst: id, quote: true, side, price: side === "buy" ? 40 : 60 }),
    ),
  });
const wished = (bid: number, ask: number, bidQty = 5, askQty = 5) => ({ bid, ask, bidQty, askQty });

test("the quotes that are furthest off are renewed first, and those that are right not at all", () => {
  const both = ["buy", "sell"] as ("buy" | "sell")[];
  const wishes = [
    { market: standing(1, both), wished: wished(41, 60) },
    { market: standing(2, both), wished: wished(40, 60) },
    { market: standing(3, both), wished: wished(40, 55) },
    { market: standing(4, []), wished: wished(40, 60) },
    { market: standing(5, ["buy"], "CALL"), wished: wished(40, 60) },
    { market: standing(6, ["sell"]), wished: wished(40, 60) },
    { market: standing(7, both), wished: wished(38, 61) },
  ];
  expect(renewed(wishes)).toEqual([4, 6, 5, 3, 7, 1]);
  expect(renewed(wishes, 2)).toEqual([4, 6]);
});

test("a side that is not wished for is renewed as long as it stands", () => {
  const none = (sides: ("buy" | "sell")[], bidQty: number, askQty: number) =>
    renewed([{ market: standing(1, sides), wished: wished(40, 60, bidQty, askQty) }]);
  expect(none(["buy"], 5, 0)).toEqual([]);
  expect(none(["buy", "sell"], 5, 0)).toEqual([1]);
  expect(none(["sell"], 0, 5)).toEqual([]);
  expect(none(["buy", "sell"], 0, 5)).toEqual([1]);
  // An option worth less than a tick has no bid to be missed.
  const cheap = { market: standing(1, ["sell"], "CALL"), wished: wished(0.5, 60) };
  expect(renewed([cheap])).toEqual([]);
});

test("the winner of a contest quotes once, as wide as it has bid, for all who wait", () => {
  const won = { width: 10, isWinner: true, waiting: 3, mayTrade: false };
  const ask = (mean: number, more = {}, contest = won) =>
    contested(
      view([market({ table: { mean, sd: 5 }, ...more })], { contest }),
      new Opinions(),
      even,
    );
  const told = { op: "quote", inst, bid_qty: 3, ask_qty: 3 };
  expect(ask(50)).toEqual([{ ...told, bid: 45, ask: 55 }]);
  expect(ask(99)).toEqual([{ ...told, bid: 90, ask: 100 }]);
  expect(ask(2)).toEqual([{ ...told, bid: 0, ask: 10 }]);
  expect(ask(50, { orders: [resting({})] })).toEqual([]);
  expect(ask(50, {}, { ...won, waiting: 0 })).toEqual([]);
});

test("the others trade one lot on the side that they like better, while it is their turn", () => {
  const contest = { width: 10, isWinner: false, waiting: 3, mayTrade: true };
  const book = { bids: [[45, 9]], asks: [[55, 9]] } as const;
  const ask = (mean: number, more = {}) =>
    contested(
      view([market({ ...book, table: { mean, sd: 5 } })], { contest: { ...contest, ...more } }),
      new Opinions(),
      even,
    );
  const taking = { op: "order_new", inst, qty: 1, tif: "IOC" };
  expect(ask(51)).toEqual([{ ...taking, side: "buy", price: 55 }]);
  expect(ask(49)).toEqual([{ ...taking, side: "sell", price: 45 }]);
  expect(ask(51, { mayTrade: false })).toEqual([]);
});
