/**
 * The trades of one instrument as the steps of a line: one step a trade. Knows no chart.
 *
 * The chart's axis takes seconds, each once, and gives every point the same width. So a step's time is the room's in
 * fractions of a second, and trades of one millisecond stand a microsecond apart, in the order in which they happened:
 * none hides another, and none is drawn at a second that it did not have.
 */

import type { Message } from "#protocol";

export type ChartTrade = Pick<Message<"trade">, "trade_id" | "inst" | "ts" | "price">;

export interface PriceStep {
  /** Unix time in seconds, rising strictly; rounded to milliseconds it is the room's. */
  readonly time: number;
  readonly price: number;
  readonly tradeId: number;
}

/** Seconds. Floating point tells times of this century apart down to a quarter of it. */
const APART = 1e-6;

export class PriceSteps {
  readonly #inst: number;
  readonly #most: number;
  #list: PriceStep[] = [];
  #newestTrade = 0;

  /** @param most that are kept when older ones have to go: at twice as many. */
  constructor(inst: number, most: number) {
    this.#inst = inst;
    this.#most = most;
  }

  /** Oldest first. */
  get list(): readonly PriceStep[] {
    return this.#list;
  }

  /**
   * @param tape trades of all instruments, newest first.
   * @returns the steps that were not known, oldest first; null where older ones went, and all are to be drawn anew.
   */
  follow(tape: readonly ChartTrade[]): readonly PriceStep[] | null {
    const known = tape.findIndex(({ trade_id }) => trade_id <= this.#newestTrade);
    const fresh = tape.slice(0, known < 0 ? tape.length : known);
    this.#newestTrade = fresh[0]?.trade_id ?? this.#newestTrade;
    const before = this.#list.length;
    for (const trade of fresh.toReversed())
      if (trade.inst === this.#inst) this.#list.push(this.#stepOf(trade));
    if (this.#list.length <= 2 * this.#most) return this.#list.slice(before);
    this.#list = this.#list.slice(-this.#most);
    return null;
  }

  #stepOf({ ts, price, trade_id }: ChartTrade): PriceStep {
    const last = this.#list.at(-1)?.time ?? -Infinity;
    return { time: Math.max(ts / 1000, last + APART), price, tradeId: trade_id };
  }
}
