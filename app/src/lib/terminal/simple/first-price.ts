/** Suggests the prices from which somebody begins to make a price, in ticks. */

import type { InsideMarket } from "#lib/trading/book.ts";
import { roundUp, type TickRange } from "#lib/trading/grid.ts";

/** Distance of a first price from the value around which it is made. */
const SHARE = 0.05;

export interface TwoPrices {
  readonly bid: number | null;
  readonly ask: number | null;
}

/**
 * The others' best prices, to be joined. A side without one, and both without any market, are some ticks from `around`, the
 * last trade, the value or the opening price: a first price is wide.
 * @param won the width that the two must have, after a contest for the right to quote; null: any
 */
export function firstPrices(
  others: Pick<InsideMarket, "bid" | "ask">,
  around: number | null,
  { min, max }: TickRange,
  won: number | null = null,
): TwoPrices {
  const middle = around ?? others.bid ?? others.ask;
  if (middle === null) return { bid: null, ask: null };
  if (won !== null) {
    const bid = Math.max(min, Math.min(middle - Math.floor(won / 2), max - won));
    return { bid, ask: bid + won };
  }
  const half = Math.max(1, roundUp(Math.round(Math.abs(middle) * SHARE)));
  // A side that nobody quotes keeps its distance from the other one.
  return {
    bid: others.bid ?? Math.max(Math.min(middle, others.ask ?? middle) - half, min),
    ask: others.ask ?? Math.min(Math.max(middle, others.bid ?? middle) + half, max),
  };
}
