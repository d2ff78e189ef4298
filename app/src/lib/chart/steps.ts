/**
 * The trades of one instrument as the steps of a line: one step a trade. Knows no chart.
 *
 * The chart's axis takes seconds, each value once. So a step's time is the room's time with fractions of a second, and
 * trades of the same millisecond are set a microsecond apart, in the order in which they happened: none hides another,
 * and each is drawn at its right millisecond.
 */

import type { Message } from "#protocol";

export type ChartTrade = Pick<Message<"trade">, "trade_id" | "inst" | "ts" | "price">;

export interface PriceStep {
  /** Unix time in seconds, later than that of every earlier step; rounded to milliseconds it is the room's time. */
  readonly time: number;
  readonly price: number;
  readonly tradeId: number;
}

/** Seconds between trades of the same millisecond. Doubles are precise to a quarter of it for times of this century. */
const APART = 1e-6;

export class PriceSteps {
  readonly #inst: number;
  readonly #most: number;
  #list: PriceStep[] = [];
  #newestTrade = 0;

  /** @param most steps that are kept: when there are twice as many, the older ones are dropped */
  constructor(inst: number, most: number) {
    this.#inst = inst;
    this.#most = most;
  }

  /** All steps, oldest first. */
  get list(): readonly PriceStep[] {
    return this.#list;
  }

  /**
   * Takes in the new trades.
   * @param tape trades of all instruments, newest first
   * @returns the new steps, oldest first; null when old steps were dropped, and all have to be drawn anew
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
