/** The time of a session in a replay: moments are numbers of lines, and the scrubber is the session's time. */

import type { Mark, Opened, TradeMoment } from "#lib/net/replay-messages.ts";

/** Quiet times longer than this are skipped when the user wants that, ms. */
export const quietMs = 3_000;

export class Timeline {
  readonly #times: Float64Array;
  readonly trades: readonly TradeMoment[];
  readonly marks: readonly Mark[];

  constructor({ times, trades, marks }: Pick<Opened, "times" | "trades" | "marks">) {
    this.#times = times;
    this.trades = trades;
    this.marks = marks;
  }

  /** Number of lines. */
  get length(): number {
    return this.#times.length;
  }

  get from(): number {
    return this.#times[0] ?? 0;
  }

  get to(): number {
    return this.#times.at(-1) ?? 0;
  }

  /** Unix ms after `at` lines. */
  timeAt(at: number): number {
    return this.#times[Math.max(0, Math.min(at, this.length) - 1)] ?? this.from;
  }

  /** Lines that lie at a time or before it. */
  linesAt(ms: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The time to go on from if nothing happens for long after `ms`. */
  afterQuiet(ms: number): number {
    const next = this.#times[this.linesAt(ms)];
    return next === undefined || next - ms <= quietMs ? ms : next - quietMs / 3;
  }

  /** The next trade after `at` lines, or the one before; of one user's if one is given. */
  trade(at: number, step: 1 | -1, userId: number | null = null): TradeMoment | undefined {
    const fits = ({ buyerId, sellerId }: TradeMoment) =>
      userId === null || buyerId === userId || sellerId === userId;
    return step > 0
      ? this.trades.find((trade) => trade.at > at && fits(trade))
      : this.trades.findLast((trade) => trade.at < at && fits(trade));
  }

  /** The next mark after `at` lines, or the one before. */
  mark(at: number, step: 1 | -1): Mark | undefined {
    return step > 0
      ? this.marks.find((mark) => mark.at > at)
      : this.marks.findLast((mark) => mark.at < at);
  }

  /** Share of the session's time, 0 to 1. */
  share(ms: number): number {
    const span = this.to - this.from;
    return span <= 0 ? 0 : Math.max(0, Math.min(1, (ms - this.from) / span));
  }
}
