/** Describes a chart in a sentence, for screen readers. */

import { formatPrice, formatTime } from "#lib/format.ts";
import type { PathPoint } from "#lib/trading/path.ts";
import { chartWords } from "./words.ts";

interface Traded {
  readonly trades: number;
  readonly last: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly path: readonly PathPoint[];
}

/** @returns nothing before the room's path is there */
export function summaryOf({ trades, last, high, low, path }: Traded, tick: number): string {
  const [oldest] = path;
  if (oldest === undefined) return "";
  const text = (price: number | null) => formatPrice(price, tick);
  return chartWords.summary(trades, text(last), text(low), text(high), formatTime(oldest[0]));
}
