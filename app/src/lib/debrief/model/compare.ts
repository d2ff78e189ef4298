/** A trader's figures beside those of the class. Knows no screen. */

import type { DebriefTrader } from "#protocol";

/** Half of the values are lower, half higher; null without any. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const middle = (known.length - 1) / 2;
  return ((known[Math.floor(middle)] ?? 0) + (known[Math.ceil(middle)] ?? 0)) / 2;
}

export interface Compared {
  readonly own: number | null;
  readonly median: number | null;
  readonly best: number | null;
  /** 1 for the best; equals share a place. */
  readonly place: number | null;
  /** Traders who have a value. */
  readonly of: number;
}

/** @param isBest whether a higher value is better, or a lower one */
export function compared(
  values: readonly (number | null)[],
  own: number | null,
  better: "higher" | "lower" = "higher",
): Compared {
  const known = values.filter((value) => value !== null);
  const sign = better === "higher" ? 1 : -1;
  const best = known.length === 0 ? null : sign * Math.max(...known.map((value) => sign * value));
  const ahead = own === null ? 0 : known.filter((value) => sign * value > sign * own).length;
  return {
    ...{ own, median: median(known), best, of: known.length },
    place: own === null ? null : ahead + 1,
  };
}

/** Mean over a trader's instruments of a figure of quoting; null: it quoted nowhere. */
export function quotingMean(
  { quoting }: Pick<DebriefTrader, "quoting">,
  figure: "two_sided" | "at_best",
): number | null {
  const known = quoting.flatMap((one) => one[figure] ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}
