/** Trading after a contest: the winner quotes as wide as it has bid, and every other bot takes the side that it likes better. */

import { onGrid, take } from "./acts.ts";
import type { Chance } from "./bot.ts";
import type { Opinions } from "./value.ts";
import { midOf, type BotRequest, type BotView } from "./view.ts";

export function contested(view: BotView, opinions: Opinions, chance: Chance): BotRequest[] {
  const [market] = view.markets;
  const { contest } = view;
  if (market === undefined || contest === null) return [];
  const { mean } = opinions.valueOf(view, market, chance);
  if (!contest.isWinner) {
    const mid = midOf(market);
    if (!contest.mayTrade || mid === null) return [];
    const taking = take(market, mean > mid ? "buy" : "sell", 1);
    return taking === null ? [] : [taking];
  }
  if (market.orders.length > 0 || contest.waiting === 0) return [];
  const { inst, min_price: min, max_price: max } = market.instrument;
  const { width, waiting: qty } = contest;
  const bid = onGrid(market, Math.max(min, Math.min(max - width, mean - width / 2)), "buy");
  return [{ op: "quote", inst, bid, bid_qty: qty, ask: bid + width, ask_qty: qty }];
}
