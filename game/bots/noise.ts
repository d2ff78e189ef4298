/** Trades at random, small, about the mid. */

import type { Bot, BotMaker, Chance } from "./bot.ts";
import { between, isLucky, part, pick } from "./chance.ts";
import { rest, take } from "./acts.ts";
import { halfOf } from "./quoting.ts";
import { Opinions } from "./value.ts";
import { bestAsk, bestBid, midOf, type BotRequest, type BotView, type Market } from "./view.ts";

const lotsMost = 3;
/** Lots held at which it would rather have less. */
const heavy = 15;

class Noise implements Bot {
  readonly #opinions = new Opinions();

  decide(view: BotView, chance: Chance): BotRequest[] {
    this.#opinions.listen(view);
    const market = this.#pick(view, chance);
    if (market === undefined) return [];
    const { inst, lot_size: lot } = market.instrument;
    // Orders that it left some time ago.
    const stale = market.orders.filter(({ ts }) => ts < view.now - 20_000);
    const cancels: BotRequest[] = stale.map(({ order_id }) => ({ op: "cancel", inst, order_id }));
    const load = market.position / (heavy * lot);
    const side = part(chance) < 0.5 + load / 2 ? "sell" : "buy";
    const count = between(chance, 1, lotsMost);
    const { mean, sd } = this.#opinions.valueOf(view, market, chance);
    const half = halfOf(market, sd);
    const best = side === "buy" ? bestAsk(market) : bestBid(market);
    // Pays the spread, but no price that anybody would laugh at.
    const isSane = best !== null && Math.abs(best - mean) <= 4 * half;
    const taking = isSane && isLucky(chance, 0.75) ? take(market, side, count) : null;
    if (taking !== null) return [...cancels, taking];
    const middle = midOf(market) ?? mean;
    const off = half * (0.2 + 1.3 * part(chance));
    const price = middle + (side === "buy" ? -off : off);
    return [...cancels.slice(0, 3), rest(market, side, price, count)];
  }

  /** One of the instruments; the scalars more often than each of their options. */
  #pick({ markets }: BotView, chance: Chance): Market | undefined {
    const scalars = markets.filter(({ instrument }) => instrument.type === "SCALAR");
    return isLucky(chance, 0.6) ? pick(chance, scalars) : pick(chance, markets);
  }
}

export const noise: BotMaker = {
  kind: "noise",
  title: "Noise trader",
  summary: "Buys and sells at random, small, and pays the spread for it.",
  paceMs: [1_200, 3_600],
  make: () => new Noise(),
};
