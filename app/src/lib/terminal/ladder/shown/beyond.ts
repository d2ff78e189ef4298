/** What of a ladder is out of sight, above and below the prices that it shows. Ticks throughout. */

import type { Inside } from "#lib/trading/book.ts";

export interface Beyond {
  /** Own orders: how many, and the price of the nearest. */
  readonly mine: { readonly count: number; readonly ticks: number } | null;
  /** The market is gone from sight altogether on this side. */
  readonly hasMarket: boolean;
  readonly average: number | null;
}

export interface LadderSight {
  readonly top: number;
  readonly bottom: number;
  readonly inside: Inside;
  /** Prices of own orders. */
  readonly mine: readonly number[];
  readonly average: number | null;
}

export function beyondOf(at: LadderSight): { readonly above: Beyond; readonly below: Beyond } {
  const { top, bottom, inside, average } = at;
  const over = at.mine.filter((ticks) => ticks > top);
  const under = at.mine.filter((ticks) => ticks < bottom);
  return {
    above: {
      mine: over.length === 0 ? null : { count: over.length, ticks: Math.min(...over) },
      hasMarket: inside.bid !== null && inside.bid > top,
      average: average !== null && average > top ? average : null,
    },
    below: {
      mine: under.length === 0 ? null : { count: under.length, ticks: Math.max(...under) },
      hasMarket: inside.ask !== null && inside.ask < bottom,
      average: average !== null && average < bottom ? average : null,
    },
  };
}
