/** Knows a hand and trades on it, patiently: small, and only where the price is far enough from what it knows. */

import type { Bot, BotMaker, Chance } from "./bot.ts";
import { lots, onGrid, quote, quoted, take } from "./acts.ts";
import { pick } from "./chance.ts";
import { halfOf } from "./quoting.ts";
import { Opinions } from "./value.ts";
import { bestAsk, bestBid, type BotRequest, type BotView, type Market } from "./view.ts";

const lotsAtOnce = 2;
const lotsMost = 24;
/** Gain that it asks for, in halves of a market maker's width. */
const greed = 0.35;

class Informed implements Bot {
  readonly #opinions = new Opinions();

  decide(view: BotView, chance: Chance): BotRequest[] {
    this.#opinions.listen(view);
    const valued = view.markets.map((market) => {
      const { mean, sd } = this.#opinions.valueOf(view, market, chance, "own");
      return { market, mean, half: halfOf(market, sd) };
    });
    const gains = valued.flatMap(({ market, mean, half }) => {
      const [bid, ask] = [bestBid(market), bestAsk(market)];
      const held = market.position / market.instrument.lot_size;
      const buys = ask === null || held >= lotsMost ? -1 : (mean - ask) / half;
      const sells = bid === null || held <= -lotsMost ? -1 : (bid - mean) / half;
      const side = buys >= sells ? ("buy" as const) : ("sell" as const);
      return [{ market, side, gain: Math.max(buys, sells) }];
    });
    const best = gains.reduce((one, other) => (other.gain > one.gain ? other : one), {
      market: undefined as Market | undefined,
      side: "buy" as "buy" | "sell",
      gain: greed,
    });
    const taking = best.market && take(best.market, best.side, lotsAtOnce);
    // Waits for others to come to it as well, if nobody can count a value. Else its quotes would be old after a reveal.
    const quiet = pick(
      chance,
      valued.filter(({ market }) => market.table === null),
    );
    const waiting = quiet === undefined ? null : this.#wait(quiet.market, quiet.mean, quiet.half);
    return [taking, waiting].filter((request) => request != null);
  }

  /** Leaves a small quote about its own value, where others may come to it. */
  #wait(market: Market, mean: number, half: number): BotRequest | null {
    const held = market.position / market.instrument.lot_size;
    const qty = lots(market, lotsAtOnce);
    const sides = { bid: mean - 1.2 * half, ask: mean + 1.2 * half };
    const now = quoted(market);
    const isThere =
      now.bid === onGrid(market, sides.bid, "buy") && now.ask === onGrid(market, sides.ask, "sell");
    if (isThere) return null;
    const bidQty = held >= lotsMost ? 0 : qty;
    const askQty = held <= -lotsMost ? 0 : qty;
    return { ...quote(market, { ...sides, bidQty, askQty }), post_only: true } as BotRequest;
  }
}

export const informed: BotMaker = {
  kind: "informed",
  title: "Informed trader",
  summary: "Looks at its own cards and trades on them, patiently.",
  paceMs: [1_500, 3_500],
  make: () => new Informed(),
};
