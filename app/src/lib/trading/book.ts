/** The book without what one has in it oneself: what others offer, at which one could trade or around which to quote. */

import type { Level } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";
import { gridOf, type TickGrid } from "./grid.ts";

interface Own {
  readonly price: number | null;
  readonly leaves: number;
}

/** @param own one's working orders on this side. @returns levels of others, best first. */
export function outside(
  grid: TickGrid,
  levels: readonly Level[],
  own: readonly Own[],
): readonly Level[] {
  if (own.length === 0) return levels;
  const mine = new Map<number, number>();
  for (const { price, leaves } of own)
    if (price !== null) mine.set(grid.ticks(price), (mine.get(grid.ticks(price)) ?? 0) + leaves);
  return levels
    .map(([price, qty]) => [price, qty - (mine.get(grid.ticks(price)) ?? 0)] as const)
    .filter(([, qty]) => qty > 0);
}

/** The instrument's book without one's own orders. */
export function outsideBook(
  room: RoomView,
  inst: number,
): { bids: readonly Level[]; asks: readonly Level[] } {
  const { bids, asks } = room.market(inst);
  const grid = gridOf(room.instrument(inst)?.tick_size ?? 1);
  const mine = room.ordersIn(inst);
  return {
    bids: outside(
      grid,
      bids,
      mine.filter(({ side }) => side === "buy"),
    ),
    asks: outside(
      grid,
      asks,
      mine.filter(({ side }) => side === "sell"),
    ),
  };
}
