/**
 * Finds sets of trades in options and their underlying, at bids and asks that are there now, that cannot lose at any
 * settlement. Nothing pays interest here, so parity is C − P = S − K.
 * Knows no room and no screen.
 */

import type { Instrument, Side, Level } from "#protocol";
import type { Book } from "#lib/trading/book.ts";
import { tidy } from "#lib/trading/grid.ts";
import { gcd } from "#lib/trading/lots.ts";

export interface LensLeg {
  readonly side: Side;
  readonly instrument: Instrument;
  /** Contracts of it in one set. */
  readonly count: number;
  readonly price: number;
}

export interface Violation {
  readonly kind: "parity" | "vertical" | "box" | "butterfly";
  /** The option in whose row it is told. */
  readonly inst: number;
  readonly legs: readonly LensLeg[];
  /** Points that a set gains at least, at any settlement. */
  readonly locks: number;
  /** Sets that the sizes at these prices allow. */
  readonly sets: number;
  /** When it was at its best, Unix ms, if it is over. */
  readonly at?: number;
}

type ViolationKind = Violation["kind"];
type OptionType = "CALL" | "PUT";
type WantedLeg = readonly [side: Side, instrument: Instrument, count: number];

/** Options and underlyings that are halted or settled trade with nobody, and are left out. */
export function violations(
  instruments: readonly Instrument[],
  bookOf: (instrument: Instrument) => Book,
): Violation[] {
  const trading = instruments.filter((one) => !one.halted && !one.settled);
  const options = trading.filter((one) => one.strike !== null);
  const finder = new ViolationFinder(bookOf);
  for (const underlying of trading) {
    // Where a point is worth other money, contracts do not offset one for one.
    const family = options.filter(
      (one) => one.reference_id === underlying.id && one.tick_value === underlying.tick_value,
    );
    for (const call of family) if (call.type === "CALL") finder.parity(call, family, underlying);
  }
  for (const [, family] of Map.groupBy(options, (one) => one.reference_id))
    for (const [, alike] of Map.groupBy(family, (one) => one.tick_value)) {
      const [calls, puts] = [strip(alike, "CALL"), strip(alike, "PUT")];
      finder.strip("CALL", calls);
      finder.strip("PUT", puts);
      finder.boxes(calls, puts);
    }
  return finder.found;
}

/** The options of one kind by strike, one a strike. */
function strip(family: readonly Instrument[], type: OptionType): Instrument[] {
  const byStrike = new Map<number, Instrument>();
  for (const one of family)
    if (one.type === type && !byStrike.has(strikeOf(one))) byStrike.set(strikeOf(one), one);
  return [...byStrike.values()].sort((a, b) => strikeOf(a) - strikeOf(b));
}

const strikeOf = (option: Instrument) => option.strike ?? 0;

/** Best bid and offer, looked up once. */
interface BestLevels {
  readonly bid: Level | undefined;
  readonly ask: Level | undefined;
}

class ViolationFinder {
  readonly #bookOf: (instrument: Instrument) => Book;
  readonly #tops = new Map<number, BestLevels>();
  /** In each row the best of each kind: one mistake shows in many sets of trades. */
  readonly #best = new Map<string, Violation>();

  constructor(bookOf: (instrument: Instrument) => Book) {
    this.#bookOf = bookOf;
  }

  get found(): Violation[] {
    return [...this.#best.values()];
  }

  /** A call less its put is the underlying less the strike, both ways. */
  parity(call: Instrument, family: readonly Instrument[], underlying: Instrument): void {
    const strike = strikeOf(call);
    const put = family.find((one) => one.type === "PUT" && one.strike === strike);
    if (put === undefined) return;
    this.#look("parity", call, -strike, [
      ["buy", call, 1],
      ["sell", put, 1],
      ["sell", underlying, 1],
    ]);
    this.#look("parity", call, strike, [
      ["sell", call, 1],
      ["buy", put, 1],
      ["buy", underlying, 1],
    ]);
  }

  /**
   * Any two strikes: a spread is worth between nothing and its width. Any three: prices are convex in the strike.
   * Neighbours alone are not enough, for one without quotes may lie between.
   */
  strip(type: OptionType, options: readonly Instrument[]): void {
    options.forEach((low, first) => {
      options.slice(first + 1).forEach((other, offset) => {
        this.#vertical(type, low, other);
        for (const high of options.slice(first + offset + 2)) this.#butterfly(low, other, high);
      });
    });
  }

  /** Two strikes with calls and puts: the call spread and the put spread together are worth the width, both ways. */
  boxes(calls: readonly Instrument[], puts: readonly Instrument[]): void {
    const putAt = new Map(puts.map((put) => [strikeOf(put), put]));
    const pairs = calls.flatMap((call) => {
      const put = putAt.get(strikeOf(call));
      return put === undefined ? [] : [{ call, put }];
    });
    pairs.forEach((low, first) => {
      for (const high of pairs.slice(first + 1)) this.#box(low, high);
    });
  }

  #box(low: Record<"call" | "put", Instrument>, high: Record<"call" | "put", Instrument>): void {
    const width = strikeOf(high.call) - strikeOf(low.call);
    this.#look("box", low.call, width, [
      ["buy", low.call, 1],
      ["sell", high.call, 1],
      ["buy", high.put, 1],
      ["sell", low.put, 1],
    ]);
    this.#look("box", low.call, -width, [
      ["sell", low.call, 1],
      ["buy", high.call, 1],
      ["sell", high.put, 1],
      ["buy", low.put, 1],
    ]);
  }

  #vertical(type: OptionType, low: Instrument, high: Instrument): void {
    const [dear, cheap] = type === "CALL" ? [low, high] : [high, low];
    this.#look("vertical", low, 0, [
      ["buy", dear, 1],
      ["sell", cheap, 1],
    ]);
    this.#look("vertical", low, strikeOf(low) - strikeOf(high), [
      ["sell", dear, 1],
      ["buy", cheap, 1],
    ]);
  }

  #butterfly(low: Instrument, middle: Instrument, high: Instrument): void {
    const below = millionths(strikeOf(middle) - strikeOf(low));
    const above = millionths(strikeOf(high) - strikeOf(middle));
    const unit = gcd(below, above);
    this.#look("butterfly", middle, 0, [
      ["buy", low, above / unit],
      ["sell", middle, (below + above) / unit],
      ["buy", high, below / unit],
    ]);
  }

  #top(instrument: Instrument): BestLevels {
    let top = this.#tops.get(instrument.id);
    if (top === undefined) {
      const { bids, asks } = this.#bookOf(instrument);
      top = { bid: bids[0], ask: asks[0] };
      this.#tops.set(instrument.id, top);
    }
    return top;
  }

  /** @param least payment of the set at settlement at least, points. */
  #look(kind: ViolationKind, option: Instrument, least: number, wants: readonly WantedLeg[]): void {
    let sets = Infinity;
    let locks = least;
    for (const [side, instrument, count] of wants) {
      const level = this.#top(instrument)[side === "buy" ? "ask" : "bid"];
      if (level === undefined) return;
      const [price, qty] = level;
      sets = Math.min(sets, Math.floor(qty / count));
      locks += (side === "buy" ? -price : price) * count;
    }
    locks = tidy(locks);
    const key = `${kind} ${option.id}`;
    if (locks <= (this.#best.get(key)?.locks ?? 0) || sets === 0) return;
    const legs = wants.map(([side, instrument, count]): LensLeg => {
      const [price = 0] = this.#top(instrument)[side === "buy" ? "ask" : "bid"] ?? [];
      return { side, instrument, count, price };
    });
    this.#best.set(key, { kind, inst: option.id, legs, locks, sets });
  }
}

const millionths = (points: number) => Math.round(points * 1e6);
