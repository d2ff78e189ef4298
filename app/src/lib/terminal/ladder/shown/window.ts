/**
 * The prices that a ladder shows: a window of rows around a centre, in ticks, and the rule when it moves by itself. The
 * ladder is static: prices stay, and the market moves over them.
 */

import type { Side } from "#protocol";
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
 * ask are farther apart than the window is high, one of them has to be in sight, or their mid near the centre.
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
  if (high - low < rows - 2 * margin) return true;
  const isSeen = (ticks: number) => ticks <= top && ticks > top - rows;
  return !isSeen(low) && !isSeen(high) && Math.abs(anchor - centre) > margin;
}

export interface OutOfSight {
  /** Own orders out of sight on this side: their number, and the price of the nearest. */
  readonly mine: { readonly count: number; readonly ticks: number } | null;
  /** The sides of the market that are out of sight at this end, the higher first. Each is pinned there as a row. */
  readonly pinned: readonly Side[];
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
  const { average } = at;
  const { above, below, top, bottom } = pins(at);
  const over = at.mine.filter((ticks) => ticks > top);
  const under = at.mine.filter((ticks) => ticks < bottom);
  return {
    above: {
      mine: over.length === 0 ? null : { count: over.length, ticks: Math.min(...over) },
      pinned: above,
      average: average !== null && average > top ? average : null,
    },
    below: {
      mine: under.length === 0 ? null : { count: under.length, ticks: Math.max(...under) },
      pinned: below,
      average: average !== null && average < bottom ? average : null,
    },
  };
}

/** The sides to be pinned at each end, and the first and last price that their rows leave uncovered. */
function pins({ top, bottom, inside: { bid, ask } }: LadderSight) {
  const above: Side[] = [];
  const below: Side[] = [];
  if (ask !== null && ask > top) above.push("sell");
  if (bid !== null && bid > top - above.length) above.push("buy");
  if (bid !== null && bid < bottom) below.push("buy");
  if (ask !== null && ask < bottom + below.length) below.unshift("sell");
  return { above, below, top: top - above.length, bottom: bottom + below.length };
}
