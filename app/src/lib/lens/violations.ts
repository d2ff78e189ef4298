/**
 * Finds sets of trades in options and their underlying, at the bids and asks of now, that gain at every settlement.
 * There is no interest, so put-call parity is C − P = S − K. Knows no room and no screen.
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
  /** The option in whose row it is shown. */
  readonly inst: number;
  readonly legs: readonly LensLeg[];
  /** The least gain of one set over all settlements, points. */
  readonly locks: number;
  /** Number of sets that the sizes at these prices allow. */
  readonly sets: number;
  /** Time of its largest gain, Unix ms; absent if it is there now. */
  readonly at?: number;
}

type ViolationKind = Violation["kind"];
type OptionType = "CALL" | "PUT";
type WantedLeg = readonly [side: Side, instrument: Instrument, count: number];

/** All violations at these books, without halted and settled instruments: nobody can trade them. */
export function violations(
  instruments: readonly Instrument[],
  bookOf: (instrument: Instrument) => Book,
): Violation[] {
  const trading = instruments.filter((one) => !one.halted && !one.settled);
  const options = trading.filter((one) => one.strike !== null);
  const finder = new ViolationFinder(bookOf);
  for (const underlying of trading) {
    // Contracts with another tick value do not offset one for one.
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

/** The calls or puts, lowest strike first, one for each strike. */
function strip(family: readonly Instrument[], type: OptionType): Instrument[] {
  const byStrike = new Map<number, Instrument>();
  for (const one of family)
    if (one.type === type && !byStrike.has(strikeOf(one))) byStrike.set(strikeOf(one), one);
  return [...byStrike.values()].sort((a, b) => strikeOf(a) - strikeOf(b));
}

const strikeOf = (option: Instrument) => option.strike ?? 0;

/** The best bid and ask of an instrument. */
interface BestLevels {
  readonly bid: Level | undefined;
  readonly ask: Level | undefined;
}

class ViolationFinder {
  readonly #bookOf: (instrument: Instrument) => Book;
  readonly #tops = new Map<number, BestLevels>();
  /** The largest violation of each kind in each row: a single wrong price causes many. */
  readonly #best = new Map<string, Violation>();

  constructor(bookOf: (instrument: Instrument) => Book) {
    this.#bookOf = bookOf;
  }

  get found(): Violation[] {
    return [...this.#best.values()];
  }

  /**
   * Put-call parity: buying the call and selling the put equals the underlying less the strike. Checked in both
   * directions.
   */
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
   * Checks all pairs of strikes (a vertical is worth between nothing and its width) and all triples (prices are convex
   * in the strike). Neighbours alone would not do, for a strike between them may be without quotes.
   */
  strip(type: OptionType, options: readonly Instrument[]): void {
    options.forEach((low, first) => {
      options.slice(first + 1).forEach((other, offset) => {
        this.#vertical(type, low, other);
        for (const high of options.slice(first + offset + 2)) this.#butterfly(low, other, high);
      });
    });
  }

  /** Checks all pairs of strikes with calls and puts: call spread and put spread together are worth the width. */
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

  /**
   * Keeps the set of trades if it gains.
   * @param least the least that the set pays at settlement, points
   */
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
