import { beforeEach, expect, test } from "vitest";
import type { Message, OpenOrder, Level } from "#protocol";
import {
  bookDepth,
  followBook,
  followFill,
  followTrade,
  followOrders,
  type QueuedMarket,
} from "./queue-position.ts";

type Written = { -readonly [K in keyof QueuedMarket]: QueuedMarket[K] };
let market: Written;
beforeEach(() => {
  market = { bids: [], asks: [], bookSeq: null, orders: [], queue: new Map() };
});

function book(seq: number, bids: Level[], asks: Level[] = []): void {
  followOrders(market);
  Object.assign(market, { bookSeq: seq, bids, asks });
  followBook(market);
}
function rest(order_id: number, seq: number, leaves = 10, price = 100): void {
  const others = market.orders.filter((o) => o.order_id !== order_id);
  const order = { order_id, seq, leaves, price, side: "buy" } as OpenOrder;
  market.orders = [...others, order];
  followOrders(market);
}
function trade(seq: number, qty: number, isMine = false, price = 100): void {
  followTrade(market, { side: "sell", price, qty, seq } as Message<"trade">, isMine);
}
const ahead = (id = 1) => market.queue.get(id)?.ahead;

test("what stood there is ahead; trades at the price take from it first, those elsewhere do not", () => {
  book(1, [[100, 30]]);
  rest(1, 2);
  expect(ahead()).toBe(30);
  book(2, [[100, 40]]);
  trade(3, 12);
  trade(4, 5, false, 99);
  expect(ahead()).toBe(18);
  trade(5, 50);
  expect(ahead()).toBe(0);
});

test("others who come later are behind; cancels count when the level is too small for what was ahead", () => {
  book(1, [[100, 30]]);
  rest(1, 2);
  book(3, [[100, 90]]);
  expect(ahead()).toBe(30);
  book(4, [[100, 45]]);
  expect(ahead()).toBe(30);
  book(5, [[100, 25]]);
  expect(ahead()).toBe(15);
  book(6, [[100, 10]]);
  expect(ahead()).toBe(0);
});

test("a book from before the order's time, come late, tells what it found", () => {
  book(1, [[100, 30]]);
  rest(1, 9);
  book(8, [[100, 50]]);
  expect(ahead()).toBe(50);
  book(9, [[100, 60]]);
  expect(ahead()).toBe(50);
});

test("own orders are not ahead of each other", () => {
  book(1, [[100, 30]]);
  rest(1, 2, 10);
  book(2, [[100, 40]]);
  book(3, [[100, 47]]);
  rest(2, 4, 5);
  expect([ahead(1), ahead(2)]).toEqual([30, 37]);
});

test("who is hit was first, and his own trade takes nothing from others", () => {
  book(1, [[100, 30]]);
  rest(1, 2, 10);
  book(2, [[100, 40]]);
  book(3, [[100, 60]]);
  rest(2, 4, 10);
  expect(ahead(2)).toBe(50);
  followFill(market, { order_id: 1, liquidity: "maker" } as Message<"fill">);
  trade(5, 4, true);
  expect([ahead(1), ahead(2)]).toEqual([0, 50]);
});

test("an order that was moved and took something does not stand first by that", () => {
  book(1, [[100, 30]]);
  rest(1, 2, 10);
  followFill(market, { order_id: 1, liquidity: "taker" } as Message<"fill">);
  expect(ahead(1)).toBe(30);
});

test("smaller keeps the place; larger or elsewhere goes to the end", () => {
  book(1, [[100, 30]]);
  rest(1, 2, 10);
  trade(3, 20);
  book(4, [[100, 20]]);
  rest(1, 5, 6);
  expect(ahead()).toBe(10);
  book(5, [
    [100, 36],
    [99, 7],
  ]);
  rest(1, 6, 8);
  expect(ahead()).toBe(30);
  rest(1, 7, 8, 99);
  expect(ahead()).toBe(7);
});

test("after coming back all others count as ahead; gone orders are forgotten", () => {
  rest(1, 2, 10);
  expect(ahead()).toBeUndefined();
  book(5, [[100, 40]]);
  followOrders(market);
  expect(ahead()).toBe(30);
  market.orders = [];
  followOrders(market);
  expect(market.queue.size).toBe(0);
});

test("nothing is said of a price deeper than the book that is shown", () => {
  book(
    1,
    Array.from({ length: bookDepth }, (_, i) => [200 - i, 1] as const),
  );
  rest(1, 2, 10, 100);
  expect(ahead()).toBeUndefined();
  rest(2, 3, 10, 201);
  expect(ahead(2)).toBe(0);
});
