/**
 * Guards room codes against guessing. An address may miss a hundred times; then it waits, longer with every miss.
 * Rooms that it has made or found before stay open to it, so that a guesser does not shut out a classroom behind the same
 * address.
 */

import { Penalties } from "./penalties.ts";
import { BoundedMap } from "./bounded-map.ts";

const knownMost = 32;

export class CodeGuard {
  readonly #misses: Penalties;
  readonly #known = new BoundedMap<Set<string>>();

  constructor(free: number) {
    this.#misses = new Penalties({ free, firstMs: 1_000, mostMs: 600_000, forgetMs: 3_600_000 });
  }

  /**
   * Counts a room that is asked for as a miss until `found` is called, so that many attempts at once gain nothing.
   * @returns 0, or the milliseconds for which this address is not answered
   */
  attempt(address: string, room: string, now: number): number {
    if (this.#known.get(address)?.has(room) === true) return 0;
    const waitMs = this.#misses.waitMs(address, now);
    if (waitMs === 0) this.#misses.mistake(address, now);
    return waitMs;
  }

  found(address: string, room: string): void {
    if (this.#known.get(address)?.has(room) === true) return;
    this.#misses.forgive(address);
    this.made(address, room);
  }

  /** Opens a room to the address that has made it. Its misses stay: a guesser can make rooms as well. */
  made(address: string, room: string): void {
    const known = this.#known.get(address) ?? new Set<string>();
    known.add(room);
    const [oldest] = known;
    if (known.size > knownMost && oldest !== undefined) known.delete(oldest);
    this.#known.set(address, known);
  }
}
