/** What was last sent of each instrument's book to each depth, so that nothing is sent again that is known already. */

import type { Message } from "#protocol";

type Book = Pick<Message<"md_inc">, "bids" | "asks" | "last">;
type Levels = Book["bids"];

export class ShownBooks {
  /** By instrument, then by depth. */
  readonly #books = new Map<number, Map<number, Book>>();

  /** Whether the book is another than the last one of this depth; it counts as sent from now on. */
  isNew(inst: number, depth: number, book: Book): boolean {
    const byDepth = this.#books.get(inst) ?? new Map<number, Book>();
    const shown = byDepth.get(depth);
    if (shown !== undefined && isSame(shown, book)) return false;
    this.#books.set(inst, byDepth.set(depth, book));
    return true;
  }

  /** Somebody was sent a snapshot, perhaps between two books: the next one goes to all, whatever is in it. */
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
