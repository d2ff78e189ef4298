/** Two-sided quotes of bots: which of them are to be renewed, the most urgent first. */

import { onGrid, quote, quoted, type TwoSided } from "./acts.ts";
import type { BotRequest, Market } from "./view.ts";

/** Half the width of a market maker's quote, in standard deviations of the value. */
export const halfWidth = 0.12;

/** Half of a quote's width: at least half a tick. @param sds in standard deviations */
export function halfOf({ instrument }: Market, sd: number, sds = halfWidth): number {
  return Math.max(instrument.tick_size / 2, sds * sd);
}

export interface Wish {
  market: Market;
  wished: TwoSided;
}

/** The requests that renew the quotes which are missing or furthest from what is wished, `most` of them. */
export function renewals(wishes: readonly Wish[], most: number): BotRequest[] {
  return wishes
    .map((wish) => ({ ...wish, urgency: urgencyOf(wish) }))
    .filter(({ urgency }) => urgency > 0)
    .sort((a, b) => b.urgency - a.urgency)
    .slice(0, most)
    .map(({ market, wished }) => quote(market, wished));
}

/** Ticks by which a quote is off; a missing side is as bad as many. */
function urgencyOf({ market, wished }: Wish): number {
  const now = quoted(market);
  const { tick_size: tick, type } = market.instrument;
  const [bid, ask] = [onGrid(market, wished.bid, "buy"), onGrid(market, wished.ask, "sell")];
  const isNoBid = type !== "SCALAR" && bid < tick;
  const missing = type === "SCALAR" ? 1_000 : 100;
  const off = (have: number | undefined, want: number) =>
    have === undefined ? missing : Math.abs(have - want) / tick;
  const bidOff =
    isNoBid || wished.bidQty === 0 ? (now.bid === undefined ? 0 : 1) : off(now.bid, bid);
  const askOff = wished.askQty === 0 ? (now.ask === undefined ? 0 : 1) : off(now.ask, ask);
  return bidOff + askOff;
}
