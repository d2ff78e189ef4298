/** Trades that decided a game, in a sentence. */

import { formatAverage, formatPrice, formatQty } from "#lib/format.ts";
import type { Deciding } from "./review.ts";
import { practiceWords } from "#lib/practice/words.ts";

/** @param tick of the instrument */
export function sentenceOf(
  { trades, trade, qty, price, before }: Deciding,
  tick: number,
  nameOf: (userId: number) => string | undefined,
): string {
  const { one, many, market } = practiceWords.trades;
  const isBuy = trade.side === "buy";
  const said =
    trades.length === 1
      ? one(
          ...([isBuy, formatQty(qty), trade.symbol, formatPrice(price, tick)] as const),
          nameOf(trade.otherId) ?? practiceWords.somebody,
          trade.isMaker,
        )
      : many(isBuy, formatQty(qty), trade.symbol, formatAverage(price, tick));
  // A middle lies between ticks.
  return `${said}; ${market(formatAverage(before, tick))}`;
}
