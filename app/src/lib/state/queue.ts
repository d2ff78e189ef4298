/**
 * Where one's own orders stand in the queue at their price: an estimate, for books tell sizes and not whose they are.
 * What others had there when the order came is ahead of it. Trades take from the front. Cancels are counted only when
 * the level has become too small for all that was ahead, so the estimate errs to the long side.
 */

import type { Message, OpenOrder, Side, Level } from "#protocol";
import { priceKey } from "#lib/trading/grid.ts";

/** Levels a side that this page asks the exchange for: it knows nothing of what lies deeper. */
export const bookDepth = 50;

export interface QueuePlace {
  readonly side: Side;
  readonly price: number;
  /** The event that gave the order this place. */
  readonly seq: number;
  readonly leaves: number;
  /** Quantity of others ahead of it. */
  readonly ahead: number;
}

/** The part of a market that places are worked out from, and kept in. */
export interface QueuedMarket {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Event up to which the book tells; null before the first. */
  readonly bookSeq: number | null;
  readonly orders: readonly OpenOrder[];
  /** By order id. */
  queue: ReadonlyMap<number, QueuePlace>;
}

/**
 * Gives orders that came, moved or grew a place, and forgets those that went. To be called before the book or a
 * trade changes what they found.
 */
export function takePlaces(market: QueuedMarket): void {
  const { orders, queue } = market;
  if (market.bookSeq === null || (orders.length === 0 && queue.size === 0)) return;
  const kept = orders.filter((order) => keepsPlace(queue.get(order.order_id), order));
  if (kept.length === orders.length && kept.length === queue.size) return;
  const places = new Map<number, QueuePlace>();
  for (const order of orders) {
    const { order_id, side, price, seq, leaves } = order;
    const before = queue.get(order_id);
    if (before !== undefined && before.price === price && leaves <= before.leaves)
      places.set(order_id, { ...before, leaves });
    else if (price !== null) {
      const ahead = othersAt(market, side, price);
      if (ahead !== null) places.set(order_id, { side, price, seq, leaves, ahead });
    }
  }
  market.queue = places;
}

function keepsPlace(place: QueuePlace | undefined, order: OpenOrder): boolean {
  return place?.price === order.price && place.leaves === order.leaves;
}

/** What others have at a price in the last book; null where the book does not reach. */
function othersAt(market: QueuedMarket, side: Side, price: number): number | null {
  const levels = side === "buy" ? market.bids : market.asks;
  const key = priceKey(price);
  const level = levels.find(([at]) => priceKey(at) === key);
  if (level === undefined) return isBeyond(levels, side, price) ? null : 0;
  return Math.max(0, level[1] - mineIn(market, side, key));
}

/** One's own part of a level in the last book, by the places of then. */
function mineIn(market: QueuedMarket, side: Side, key: string): number {
  const fresh = market.orders.filter((order) => !market.queue.has(order.order_id));
  let mine = 0;
  for (const one of [...market.queue.values(), ...fresh]) {
    const isThere = one.side === side && one.price !== null && priceKey(one.price) === key;
    if (isThere && one.seq <= (market.bookSeq ?? 0)) mine += one.leaves;
  }
  return mine;
}

function isBeyond(levels: readonly Level[], side: Side, price: number): boolean {
  const last = levels.at(-1)?.[0];
  if (last === undefined || levels.length < bookDepth) return false;
  return side === "buy" ? price < last : price > last;
}

/** After another book has come. One from before the order's time tells better what it found. */
export function meetBook(market: QueuedMarket): void {
  change(market, (place) => {
    const others = othersAt(market, place.side, place.price);
    if (others === null) return place.ahead;
    return place.seq > (market.bookSeq ?? 0) ? others : Math.min(place.ahead, others);
  });
}

/** @param isMine one's own order was hit in it: nobody ahead has traded. */
export function meetTrade(market: QueuedMarket, trade: Message<"trade">, isMine: boolean): void {
  if (isMine) return;
  change(market, ({ side, price, seq, ahead }) =>
    side !== trade.side && seq < trade.seq && priceKey(price) === priceKey(trade.price)
      ? Math.max(0, ahead - trade.qty)
      : ahead,
  );
}

/** An order that is hit while it rests has nobody ahead. */
export function meetFill(market: QueuedMarket, fill: Message<"fill">): void {
  if (fill.liquidity !== "maker") return;
  change(market, (place, orderId) => (orderId === fill.order_id ? 0 : place.ahead));
}

function change(
  market: QueuedMarket,
  aheadOf: (place: QueuePlace, orderId: number) => number,
): void {
  let changed = false;
  const next = new Map<number, QueuePlace>();
  for (const [orderId, place] of market.queue) {
    const ahead = aheadOf(place, orderId);
    changed ||= ahead !== place.ahead;
    next.set(orderId, ahead === place.ahead ? place : { ...place, ahead });
  }
  if (changed) market.queue = next;
}
