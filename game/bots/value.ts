/**
 * Values of instruments as bots see them: counted where the round has cards, else guessed from the bounds of the price and
 * from what was traded.
 */

import type { Moments } from "../fair/distribution.ts";
import type { Chance } from "./bot.ts";
import { around } from "./chance.ts";
import { marketOf, midOf, type BotView, type Market } from "./view.ts";

/** Ticks between the bounds of a price beyond which they say nothing about its value. */
const ticksMost = 1e8;
/** Part of the way that one more trade moves what was heard of the price. */
const hearing = 0.15;
/** Weight of the market against the own guess, once there was a trade. */
const trust = 0.85;

/** A bot's guess at instruments whose value nobody can count. */
export class Opinions {
  readonly #guesses = new Map<number, number>();
  readonly #heard = new Map<number, number>();
  #seq = 0;

  /** Hears of the trades since the last look. */
  listen(view: BotView): void {
    for (const { inst, price, seq } of view.trades) {
      if (seq <= this.#seq) continue;
      this.#seq = seq;
      const before = this.#heard.get(inst) ?? price;
      this.#heard.set(inst, before + hearing * (price - before));
    }
  }

  /**
   * Mean and standard deviation of the instrument's final value.
   * @param knows whether it looks at its own hand, or at the table only
   */
  valueOf(view: BotView, market: Market, chance: Chance, knows: "table" | "own" = "table") {
    return market[knows] ?? this.#guess(view, market, chance, knows);
  }

  #guess(view: BotView, market: Market, chance: Chance, knows: "table" | "own"): Moments {
    const { type, reference_id: underlyingId, strike } = market.instrument;
    if (type === "SCALAR") return this.#guessScalar(view, market, chance, knows);
    const underlying = marketOf(view, underlyingId);
    if (underlying === undefined || strike === null) return this.#plain(market);
    const value = this.valueOf(view, underlying, chance, knows);
    // Goes with the market of the underlying, as all who price options do.
    const mean = midOf(underlying) ?? value.mean;
    return optionValue(type, strike, { mean, sd: value.sd });
  }

  #guessScalar(view: BotView, market: Market, chance: Chance, knows: "table" | "own"): Moments {
    const { inst, symbol, min_price: min, max_price: max } = market.instrument;
    const prior = this.#plain(market);
    let guess = this.#guesses.get(inst);
    if (guess === undefined) {
      guess = Math.min(max, Math.max(min, prior.mean + 0.25 * prior.sd * around(chance)));
      this.#guesses.set(inst, guess);
    }
    const heard = this.#heard.get(inst);
    const mean = heard === undefined ? guess : trust * heard + (1 - trust) * guess;
    const { answer, seats } = view;
    if (seats === 0) return { mean, sd: prior.sd };
    // A sum of many numbers is nearer to the middle than its bounds say.
    const sd = prior.sd / Math.sqrt(seats);
    if (knows !== "own" || answer === null) return { mean, sd };
    // One of the numbers is the own one; the others are what all take them for.
    const own = symbol === "AVERAGE" ? answer / seats : answer;
    return { mean: (mean * (seats - 1)) / seats + own, sd };
  }

  /** Value by the listing: the middle of the bounds, or the price at which ladders start. */
  #plain({ instrument, last, ...book }: Market): Moments {
    const { min_price: min, max_price: max, tick_size: tick, opening_price: open } = instrument;
    if ((max - min) / tick <= ticksMost) {
      // A number of which no more is known than its bounds.
      const sd = (max - min) / 6;
      return { mean: open ?? (min + max) / 2, sd };
    }
    const seen = midOf({ instrument, last, ...book }) ?? last;
    const mean = open ?? seen ?? Math.min(max, Math.max(min, 100));
    return { mean, sd: Math.max(5 * tick, 0.05 * Math.abs(mean)) };
  }
}

/** Value of an option on a normally distributed number. *Source:* Bachelier's formula. */
export function optionValue(type: "CALL" | "PUT", strike: number, { mean, sd }: Moments): Moments {
  const ahead = type === "CALL" ? mean - strike : strike - mean;
  if (sd <= 0) return { mean: Math.max(0, ahead), sd: 0 };
  const d = ahead / sd;
  const inside = normalBelow(d);
  const density = Math.exp((-d * d) / 2) / Math.sqrt(2 * Math.PI);
  const value = ahead * inside + sd * density;
  const square = (ahead * ahead + sd * sd) * inside + ahead * sd * density;
  return { mean: value, sd: Math.sqrt(Math.max(0, square - value * value)) };
}

/** Probability that a normal number is below `x`. *Source:* Abramowitz and Stegun, 26.2.17. */
function normalBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const weights = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = weights.reduceRight((all, weight) => (all + weight) * t, 0);
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return x >= 0 ? 1 - tail : tail;
}
