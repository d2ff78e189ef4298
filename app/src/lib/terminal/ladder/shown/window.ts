/**
 * The prices that a ladder shows: a window of rows around a centre, in ticks, and the rule when it moves by itself. The
 * ladder is static: prices stay, and the market moves over them.
 */

import { type InsideMarket, anchorOf } from "#lib/trading/book.ts";
import type { TickRange } from "#lib/trading/grid.ts";

/** Ticks in the window, highest first. */
export function windowTicks(centre: number, rows: number): number[] {
  const top = topOf(centre, rows);
  return Array.from({ length: rows }, (_, i) => top - i);
}

export function topOf(centre: number, rows: number): number {
  return centre + Math.floor((rows - 1) / 2);
}

/** Keeps the window inside the instrument's bounds as far as it fits between them. */
export function clampCentre(centre: number, rows: number, { min, max }: TickRange): number {
  const above = Math.floor((rows - 1) / 2);
  const below = rows - 1 - above;
  if (max - min + 1 <= rows) return Math.floor((min + max) / 2) + 0;
  return Math.min(Math.max(centre, min + below), max - above);
}

/**
 * Whether the inside market is within `margin` rows of an edge, or out of sight, and recentring would help. If bid and
 * ask are farther apart than the window is high, only their mid has to be near the centre.
 */
export function nearEdge(
  centre: number,
  rows: number,
  inside: InsideMarket,
  margin: number,
): boolean {
  const anchor = anchorOf(inside);
  if (anchor === null || anchor === centre) return false;
  const top = topOf(centre, rows);
  const low = Math.min(inside.bid ?? anchor, inside.ask ?? anchor);
  const high = Math.max(inside.bid ?? anchor, inside.ask ?? anchor);
  if (high <= top - margin && low >= top - rows + 1 + margin) return false;
  const fits = high - low < rows - 2 * margin;
  return fits || Math.abs(anchor - centre) > margin;
}

export interface OutOfSight {
  /** Own orders out of sight on this side: their number, and the price of the nearest. */
  readonly mine: { readonly count: number; readonly ticks: number } | null;
  /** The whole market is out of sight on this side. */
  readonly hasMarket: boolean;
  readonly average: number | null;
}

export interface LadderSight {
  readonly top: number;
  readonly bottom: number;
  readonly inside: InsideMarket;
  /** Prices of own orders. */
  readonly mine: readonly number[];
  readonly average: number | null;
}

export function outOfSight(at: LadderSight): {
  readonly above: OutOfSight;
  readonly below: OutOfSight;
} {
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
