/**
 * A number of seats and a queue for them. A key that does not ask for a while loses its place. The clock comes in as an
 * argument.
 */

interface Place {
  /** When the key last asked, Unix ms. */
  seenMs: number;
  /** When it got its seat, Unix ms; null: it waits. */
  seatedMs: number | null;
}

export interface SeatRule {
  /** Number of keys that have a seat at a time. */
  seats: number;
  /** Time without asking after which a key loses its place. */
  lapseMs: number;
  /** Time after which a seat is given up as soon as somebody waits. */
  mostMs: number;
}

export class Seats<Key> {
  readonly #rule: SeatRule;
  /** Places in the order in which keys came: the first ones have the seats. */
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

  /** Whether `key` had a seat at the last call of `take` or `size`. */
  has(key: Key): boolean {
    return this.#places.get(key)?.seatedMs != null;
  }

  /** Whether `key` had a seat or waited at that call. */
  knows(key: Key): boolean {
    return this.#places.has(key);
  }

  /** Number of keys that have a seat or wait. */
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
