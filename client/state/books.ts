/** The books of a room, each as it was last told: a message brings the visible depth whole, and an older one changes nothing. */

import type { Level, Message } from "#protocol";

export interface Book {
  readonly inst: number;
  /** [price, quantity], best first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
  /** Price of the last trade; null: none yet. */
  readonly last: number | null;
  readonly seq: number;
  /** Time of the room at which it was so, Unix ms. */
  readonly ts: number;
}

export class Books {
  readonly #books = new Map<number, Book>();

  /** @returns false for a book that is older than the one that is there */
  apply(message: Message<"md_inc" | "snapshot">): boolean {
    const { inst, bids, asks, last, seq, ts } = message;
    if (seq < (this.#books.get(inst)?.seq ?? 0)) return false;
    this.#books.set(inst, { inst, bids, asks, last, seq, ts });
    return true;
  }

  get(inst: number): Book {
    return this.#books.get(inst) ?? { inst, bids: [], asks: [], last: null, seq: 0, ts: 0 };
  }

  /** All books, by instrument. */
  get all(): readonly Book[] {
    return [...this.#books.values()].sort((a, b) => a.inst - b.inst);
  }

  remove(inst: number): void {
    this.#books.delete(inst);
  }

  /** Keeps the books of these instruments only. */
  keep(insts: ReadonlySet<number>): void {
    for (const inst of this.#books.keys()) if (!insts.has(inst)) this.remove(inst);
  }
}

/** The middle between best bid and best ask; null unless there are both. */
export function midOf({ bids, asks }: Pick<Book, "bids" | "asks">): number | null {
  const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
  return bid === undefined || ask === undefined ? null : (bid + ask) / 2;
}
