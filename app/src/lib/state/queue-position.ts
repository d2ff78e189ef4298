/**
 * Estimates the positions of the user's orders in the queues at their prices: books tell sizes, but not their owners.
 * The others' quantity at the price when the order came is ahead of it. Trades take from the front of the queue. A
 * cancel counts only when the level is smaller than the quantity ahead, so the estimate errs on the long side.
 */

import type { Message, OpenOrder, Side, Level } from "#protocol";
import { priceKey } from "#lib/trading/grid.ts";

/** Number of levels a side that this page requests from the exchange. */
export const bookDepth = 50;

export interface QueuePosition {
  readonly side: Side;
  readonly price: number;
  /** The `seq` of the event that gave the order this position. */
  readonly seq: number;
  readonly leaves: number;
  /** The others' quantity ahead of it. */
  readonly ahead: number;
}

/** The part of a market from which queue positions are computed, and in which they are kept. */
export interface QueuedMarket {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** The `seq` up to which the book is known; null before the first book. */
  readonly bookSeq: number | null;
  readonly orders: readonly OpenOrder[];
  /** Positions by order id. */
  queue: ReadonlyMap<number, QueuePosition>;
}

/**
 * Gives a position to orders that are new, moved or grown, and drops those of orders that are gone. To be called before
 * a book or a trade is applied.
 */
export function followOrders(market: QueuedMarket): void {
  const { orders, queue } = market;
  if (market.bookSeq === null || (orders.length === 0 && queue.size === 0)) return;
  const kept = orders.filter((order) => keepsPosition(queue.get(order.order_id), order));
  if (kept.length === orders.length && kept.length === queue.size) return;
  const positions = new Map<number, QueuePosition>();
  for (const order of orders) {
    const { order_id, side, price, seq, leaves } = order;
    const before = queue.get(order_id);
    if (before !== undefined && before.price === price && leaves <= before.leaves)
      positions.set(order_id, { ...before, leaves });
    else if (price !== null) {
      const ahead = othersAt(market, side, price);
      if (ahead !== null) positions.set(order_id, { side, price, seq, leaves, ahead });
    }
  }
  market.queue = positions;
}

function keepsPosition(position: QueuePosition | undefined, order: OpenOrder): boolean {
  return position?.price === order.price && position.leaves === order.leaves;
}

/** The others' quantity at a price in the last book; null if the price is deeper than the book. */
function othersAt(market: QueuedMarket, side: Side, price: number): number | null {
  const levels = side === "buy" ? market.bids : market.asks;
  const key = priceKey(price);
  const level = levels.find(([at]) => priceKey(at) === key);
  if (level === undefined) return isBeyond(levels, side, price) ? null : 0;
  return Math.max(0, level[1] - mineIn(market, side, key));
}

/** The user's own quantity in a level of the last book, by the positions before the change. */
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

/** Corrects the positions by a new book. For an order that is newer than the book, the level is the quantity ahead. */
export function followBook(market: QueuedMarket): void {
  change(market, ({ side, price, seq, ahead }) => {
    const others = othersAt(market, side, price);
    if (others === null) return ahead;
    return seq > (market.bookSeq ?? 0) ? others : Math.min(ahead, others);
  });
}

/** @param isMine whether the user's own order was hit: then nobody ahead of it has traded */
export function followTrade(market: QueuedMarket, trade: Message<"trade">, isMine: boolean): void {
  if (isMine) return;
  change(market, ({ side, price, seq, ahead }) =>
    side !== trade.side && seq < trade.seq && priceKey(price) === priceKey(trade.price)
      ? Math.max(0, ahead - trade.qty)
      : ahead,
  );
}

/** Sets the position of a resting order that has traded: nobody is ahead of it. */
export function followFill(market: QueuedMarket, fill: Message<"fill">): void {
  if (fill.liquidity !== "maker") return;
  change(market, ({ ahead }, orderId) => (orderId === fill.order_id ? 0 : ahead));
}

function change(
  market: QueuedMarket,
  aheadOf: (position: QueuePosition, orderId: number) => number,
): void {
  let changed = false;
  const next = new Map<number, QueuePosition>();
  for (const [orderId, before] of market.queue) {
    const ahead = aheadOf(before, orderId);
    changed ||= ahead !== before.ahead;
    next.set(orderId, ahead === before.ahead ? before : { ...before, ahead });
  }
  if (changed) market.queue = next;
}
