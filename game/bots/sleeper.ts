/** Quotes wide around a value that it looks at seldom: whoever looks more often trades on its old prices. */

import type { Moments } from "../fair/distribution.ts";
import type { Bot, BotMaker, Chance } from "./bot.ts";
import { lots } from "./acts.ts";
import { halfOf, halfWidth, renewals } from "./quoting.ts";
import { Opinions } from "./value.ts";
import { around } from "./chance.ts";
import type { BotRequest, BotView, Market } from "./view.ts";

const lotsASide = 4;
/** Width of its quotes beside a market maker's. */
const wide = 1.5;
/** Error of its value, in standard deviations of what cannot be known. */
const careless = 0.4;
const sleepMs = 40_000;

class Sleeper implements Bot {
  readonly #opinions = new Opinions();
  readonly #seen = new Map<number, Moments>();
  #wakesMs = 0;

  decide(view: BotView, chance: Chance): BotRequest[] {
    if (view.now >= this.#wakesMs) {
      this.#opinions.listen(view);
      this.#seen.clear();
      this.#wakesMs = view.now + sleepMs / 2 + chance.below(sleepMs);
    }
    const wishes = view.markets.map((market) => {
      const { inst } = market.instrument;
      const value = this.#seen.get(inst) ?? this.#guess(view, market, chance);
      this.#seen.set(inst, value);
      const half = halfOf(market, value.sd, wide * halfWidth);
      const qty = lots(market, lotsASide);
      const sides = { bid: value.mean - half, ask: value.mean + half };
      return { market, wished: { ...sides, bidQty: qty, askQty: qty } };
    });
    return renewals(wishes, 3);
  }

  /** Looks at the value with half an eye: it is off, and stays so until the next look. */
  #guess(view: BotView, market: Market, chance: Chance): Moments {
    const { mean, sd } = this.#opinions.valueOf(view, market, chance);
    return { mean: mean + careless * sd * around(chance), sd };
  }
}

export const sleeper: BotMaker = {
  kind: "sleeper",
  title: "Sleeper",
  summary: "Quotes wide and updates late: its old prices are there to be taken.",
  paceMs: [2_500, 6_000],
  make: () => new Sleeper(),
};
