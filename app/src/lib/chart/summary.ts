/** Describes a chart in a sentence, for screen readers. */

import { formatPrice, formatTime } from "#lib/format.ts";
import { chartWords } from "./words.ts";

interface Trade {
  readonly price: number;
  readonly ts: number;
}

/** @param trades newest first */
export function summaryOf(trades: readonly Trade[], tick: number): string {
  const [newest] = trades;
  const oldest = trades.at(-1);
  if (newest === undefined || oldest === undefined) return "";
  const prices = trades.map(({ price }) => price);
  const text = (price: number) => formatPrice(price, tick);
  return chartWords.summary(
    trades.length,
    text(newest.price),
    text(Math.min(...prices)),
    text(Math.max(...prices)),
    formatTime(oldest.ts),
  );
}
