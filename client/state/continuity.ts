/**
 * Watches whether a room's messages come whole and once: trades are numbered without a gap, and the room's event number
 * only grows. Remembers over lines, since a join repeats what was missed.
 */

import type { Message } from "#protocol";

export type Break =
  /** Trades are missing between these. */
  | { kind: "gap"; after: number; next: number }
  /** A trade or fill that was told before. */
  | { kind: "repeat"; what: "trade" | "fill"; id: number }
  /** A message of an earlier event came after one of a later. */
  | { kind: "backwards"; type: Message["type"]; seq: number; after: number };

export class Continuity {
  /** Newest event number. */
  seq = 0;
  #lastTrade: number | null = null;
  #lastFillSeq = 0;

  /** @returns what is wrong with the message; null: nothing */
  see(message: Message): Break | null {
    const { seq: after } = this;
    if ("seq" in message && message.seq !== undefined) {
      if (message.seq < after)
        return { kind: "backwards", type: message.type, seq: message.seq, after };
      this.seq = message.seq;
    }
    if (message.type === "trade") return this.#trade(message);
    if (message.type === "fill") return this.#fill(message);
    return null;
  }

  /** Takes over what a join tells. @returns the fills that have been missed, oldest first, and a break in its trades */
  joined({ trades, fills, seq }: Message<"join_ack">): {
    missed: readonly Message<"fill">[];
    broken: Break | null;
  } {
    const broken = this.#trades(trades);
    this.#lastTrade = trades.at(-1)?.trade_id ?? 0;
    const missed = fills.filter((fill) => fill.seq > this.#lastFillSeq);
    this.#lastFillSeq = missed.at(-1)?.seq ?? this.#lastFillSeq;
    const isBack = seq < this.seq;
    const back: Break | null = isBack
      ? { kind: "backwards", type: "join_ack", seq, after: this.seq }
      : null;
    this.seq = seq;
    return { missed, broken: broken ?? back };
  }

  /** Looks through the last trades of a room. More than it repeats may have been missed: that is no break. */
  #trades(trades: readonly Message<"trade">[]): Break | null {
    for (const [index, { trade_id: next }] of trades.entries()) {
      const after = trades[index - 1]?.trade_id;
      if (after !== undefined && next !== after + 1) return { kind: "gap", after, next };
    }
    return null;
  }

  #trade({ trade_id: id }: Message<"trade">): Break | null {
    const last = this.#lastTrade;
    if (last !== null && id <= last) return { kind: "repeat", what: "trade", id };
    this.#lastTrade = id;
    return last !== null && id !== last + 1 ? { kind: "gap", after: last, next: id } : null;
  }

  #fill({ trade_id: id, seq }: Message<"fill">): Break | null {
    if (seq <= this.#lastFillSeq) return { kind: "repeat", what: "fill", id };
    this.#lastFillSeq = seq;
    return null;
  }
}
