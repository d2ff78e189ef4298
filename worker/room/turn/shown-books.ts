/** The books that were sent last, by instrument and depth, so that an unchanged book is not sent again. */

import type { Message } from "#protocol";

type Book = Pick<Message<"md_inc">, "bids" | "asks" | "last">;
type Levels = Book["bids"];

export class ShownBooks {
  /** Books by instrument, then by depth. */
  readonly #books = new Map<number, Map<number, Book>>();

  /** Whether the book differs from the last one of this depth. It counts as sent from now on. */
  isNew(inst: number, depth: number, book: Book): boolean {
    const byDepth = this.#books.get(inst) ?? new Map<number, Book>();
    const shown = byDepth.get(depth);
    if (shown !== undefined && isSame(shown, book)) return false;
    this.#books.set(inst, byDepth.set(depth, book));
    return true;
  }

  /** Lets the next book go to all, even if it is the same: somebody was sent a snapshot between two books. */
  renew(inst: number): void {
    this.#books.delete(inst);
  }
}

function isSame(one: Book, other: Book): boolean {
  return (
    one.last === other.last &&
    areSameLevels(one.bids, other.bids) &&
    areSameLevels(one.asks, other.asks)
  );
}

function areSameLevels(one: Levels, other: Levels): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) {
    const [level, same] = [one[index], other[index]];
    if (level?.[0] !== same?.[0] || level?.[1] !== same?.[1]) return false;
  }
  return true;
}
