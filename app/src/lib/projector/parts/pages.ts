/** Divides rows that no screen holds at once into pages of equal length, which turn by themselves. */

/** Time that a page stays, ms: long enough to read ten names and their cards. */
export const pageMs = 8_000;

export interface PageOfRows<T> {
  rows: readonly T[];
  /** Its place, from 0 on. */
  at: number;
  /** Number of pages. */
  of: number;
}

/**
 * The page to be shown.
 * @param most rows that fit on the screen
 * @param turns pages that were turned so far: after the last one comes the first
 */
export function pageOf<T>(all: readonly T[], most: number, turns: number): PageOfRows<T> {
  const of = Math.max(1, Math.ceil(all.length / Math.max(1, most)));
  const each = Math.ceil(all.length / of);
  const at = turns % of;
  return { rows: all.slice(at * each, (at + 1) * each), at, of };
}
