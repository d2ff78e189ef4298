/** Quotes both sides around its fair value, moves them against its position, and widens them after being hit. */

import type { Bot, BotMaker, Chance } from "./bot.ts";
import { lots } from "./acts.ts";
import { halfOf, renewals, type Wish } from "./quoting.ts";
import { Opinions } from "./value.ts";
import type { BotRequest, BotView, Market } from "./view.ts";

const lotsASide = 5;
/** Lots held at which it leans on its quotes with all its weight. */
const fullLoad = 30;
/** Shift of its quotes at a full load, in halves of their width. */
const lean = 2;
/** Part of the half-width that it learns from each fill of its whole size: who trades with it may know more. */
const lesson = 0.25;
const hotMs = 4_000;
const quotesAtOnce = 3;

class Maker implements Bot {
  readonly #opinions = new Opinions();
  /** By instrument: what it has learned from fills, and until when it is wary. */
  readonly #learned = new Map<number, number>();
  readonly #wary = new Map<number, number>();
  readonly #held = new Map<number, number>();

  decide(view: BotView, chance: Chance): BotRequest[] {
    this.#opinions.listen(view);
    const wishes = view.markets.map((market): Wish => this.#wish(view, market, chance));
    return renewals(wishes, quotesAtOnce);
  }

  #wish(view: BotView, market: Market, chance: Chance): Wish {
    const { inst } = market.instrument;
    const { mean, sd } = this.#opinions.valueOf(view, market, chance);
    const plain = halfOf(market, sd);
    this.#learn(view, market, plain);
    const isWary = (this.#wary.get(inst) ?? 0) > view.now;
    const half = plain * (isWary ? 1.5 : 1);
    const load = Math.max(-1, Math.min(1, market.position / lots(market, fullLoad)));
    const centre = mean + (this.#learned.get(inst) ?? 0) - lean * plain * load;
    const qty = lots(market, lotsASide);
    return { market, wished: { bid: centre - half, ask: centre + half, bidQty: qty, askQty: qty } };
  }

  /** Moves its value away from who has traded with it. What it learned fades. */
  #learn(view: BotView, market: Market, half: number): void {
    const { inst } = market.instrument;
    const bought = market.position - (this.#held.get(inst) ?? 0);
    this.#held.set(inst, market.position);
    const faded = 0.995 * (this.#learned.get(inst) ?? 0);
    this.#learned.set(inst, faded - (lesson * half * bought) / lots(market, lotsASide));
    if (bought !== 0) this.#wary.set(inst, view.now + hotMs);
  }
}

export const maker: BotMaker = {
  kind: "maker",
  title: "Market maker",
  summary: "Quotes both sides around its fair value and moves them against its position.",
  paceMs: [600, 1_400],
  make: () => new Maker(),
};
