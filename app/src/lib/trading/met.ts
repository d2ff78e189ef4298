/**
 * The part of a book that an order would meet: nobody trades with oneself, so it takes what others have, and an own
 * order on its way is cancelled.
 */

import type { Level, Side } from "#protocol";
import { outside } from "./book.ts";
import type { TickGrid } from "./grid.ts";

/** An own resting order on the other side of the book. */
export interface OnTheWay {
  readonly price: number | null;
  readonly leaves: number;
  /** The others' quantity ahead of it at its price, as far as it is known. */
  readonly ahead: number;
}

interface OwnOrder {
  readonly order_id: number;
  readonly side: Side;
  readonly price: number | null;
  readonly leaves: number;
}
/** The parts of a room that `onTheWay` reads. */
interface QueuedOrders {
  ordersIn(inst: number): readonly OwnOrder[];
  market(inst: number): { readonly queue: ReadonlyMap<number, { readonly ahead: number }> };
}

/** Own orders that an order on this side may reach, with the estimate of their places in the queue. */
export function onTheWay(room: QueuedOrders, inst: number, side: Side): readonly OnTheWay[] {
  const { queue } = room.market(inst);
  return room
    .ordersIn(inst)
    .filter((order) => order.side !== side)
    .map(({ order_id, price, leaves }) => {
      return { price, leaves, ahead: queue.get(order_id)?.ahead ?? 0 };
    });
}

export interface Met {
  /** The others' quantity up to the order's price: the most that it can take. */
  readonly others: number;
  /** Own quantity that it reaches, and that is cancelled. */
  readonly own: number;
}

export const metNothing: Met = { others: 0, own: 0 };

/**
 * @param levels the side of the book that the order would take, best first
 * @param mine all own orders on that side
 * @param limit the order's price; null for a market order
 */
export function met(
  grid: TickGrid,
  levels: readonly Level[],
  mine: readonly OnTheWay[],
  { side, limit, qty }: { side: Side; limit: number | null; qty: number },
): Met {
  const isUpTo = (price: number, end: number) =>
    side === "buy" ? grid.ticks(price) <= grid.ticks(end) : grid.ticks(price) >= grid.ticks(end);
  const there = outside(grid, levels, mine);
  const sumOf = (fits: (price: number) => boolean) =>
    there.reduce((sum, [price, quantity]) => sum + (fits(price) ? quantity : 0), 0);
  const reached = mine.filter(({ price, ahead }) => {
    if (price === null || (limit !== null && !isUpTo(price, limit))) return false;
    return sumOf((better) => !isUpTo(price, better)) + ahead < qty;
  });
  return {
    others: sumOf((price) => limit === null || isUpTo(price, limit)),
    own: reached.reduce((sum, { leaves }) => sum + leaves, 0),
  };
}
