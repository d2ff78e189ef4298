/** So many at a time, the others in a queue. Who is not heard of for a while has gone. The clock comes in as an argument. */

interface Place {
  /** When it was last heard of, Unix ms. */
  seenMs: number;
  /** Since when it has had a seat, Unix ms; null: it waits. */
  seatedMs: number | null;
}

export interface SeatRule {
  /** How many have a seat at a time. */
  seats: number;
  /** Who has not asked for so long has gone. */
  lapseMs: number;
  /** Who has had a seat for so long gives way as soon as somebody waits. */
  mostMs: number;
}

export class Seats<Key> {
  readonly #rule: SeatRule;
  /** In the order in which they came: the first ones have the seats. */
  readonly #places = new Map<Key, Place>();

  constructor(rule: SeatRule) {
    this.#rule = rule;
  }

  /** Asks for a seat, or to keep it: first come, first served. @returns whether `key` has one */
  take(key: Key, now: number): boolean {
    this.#clear(now);
    const known = this.#places.get(key);
    if (known === undefined) this.#places.set(key, { seenMs: now, seatedMs: null });
    else known.seenMs = now;
    this.#seat(now);
    return this.has(key);
  }

  /** Says that `key` is still there, unless it has been given up already. @returns whether it has a seat */
  renew(key: Key, now: number): boolean {
    this.#clear(now);
    return this.#places.has(key) && this.take(key, now);
  }

  give(key: Key): void {
    this.#places.delete(key);
  }

  /** Whether `key` has a seat, as far as was known at the last call of `take` or `size`. */
  has(key: Key): boolean {
    return this.#places.get(key)?.seatedMs != null;
  }

  /** Whether `key` sits or waits, as far as was known then. */
  knows(key: Key): boolean {
    return this.#places.has(key);
  }

  /** How many sit and wait. */
  size(now: number): number {
    this.#clear(now);
    return this.#places.size;
  }

  #clear(now: number): void {
    const { lapseMs, mostMs, seats } = this.#rule;
    for (const [key, { seenMs, seatedMs }] of this.#places) {
      const isOverdue = seatedMs !== null && now - seatedMs > mostMs && this.#places.size > seats;
      if (now - seenMs > lapseMs || isOverdue) this.#places.delete(key);
    }
  }

  #seat(now: number): void {
    let free = this.#rule.seats;
    for (const place of this.#places.values()) {
      if (free-- <= 0) return;
      place.seatedMs ??= now;
    }
  }
}
