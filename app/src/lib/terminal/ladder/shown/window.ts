/**
 * Which prices a ladder shows: a window of rows around a centre, in ticks, and when that window may move by itself.
 * Prices stay and the market moves over them (a static ladder).
 */

import { type Inside, anchorOf } from "#lib/trading/book.ts";
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
 * True where the inside market is within `margin` rows of an edge (or beyond it) and recentring would help. A spread
 * wider than the window is as good as it gets once its middle is near the middle.
 */
export function nearEdge(centre: number, rows: number, inside: Inside, margin: number): boolean {
  const anchor = anchorOf(inside);
  if (anchor === null || anchor === centre) return false;
  const top = topOf(centre, rows);
  const low = Math.min(inside.bid ?? anchor, inside.ask ?? anchor);
  const high = Math.max(inside.bid ?? anchor, inside.ask ?? anchor);
  if (high <= top - margin && low >= top - rows + 1 + margin) return false;
  const fits = high - low < rows - 2 * margin;
  return fits || Math.abs(anchor - centre) > margin;
}
