/**
 * Guards room codes against guessing. An address may miss a hundred times; then it waits, longer with every miss.
 * The rooms that it found before stay open to it, so that one guesser does not shut a classroom out that shares
 * the address.
 */

import { Penalties } from "./penalties.ts";
import { Remembered } from "./remembered.ts";

const knownMost = 32;

export class CodeGuard {
  readonly #misses: Penalties;
  readonly #known = new Remembered<Set<string>>();

  constructor(free: number) {
    this.#misses = new Penalties({ free, firstMs: 1_000, mostMs: 600_000, forgetMs: 3_600_000 });
  }

  /**
   * Before a room is asked for. Counts as a miss until `found` says otherwise, so that many at once gain nothing.
   * @returns 0, or for how many milliseconds this address is not answered
   */
  knock(address: string, room: string, now: number): number {
    if (this.#known.get(address)?.has(room) === true) return 0;
    const waitMs = this.#misses.waitMs(address, now);
    if (waitMs === 0) this.#misses.mistake(address, now);
    return waitMs;
  }

  found(address: string, room: string): void {
    const known = this.#known.get(address) ?? new Set<string>();
    if (known.has(room)) return;
    this.#misses.forgive(address);
    known.add(room);
    const [oldest] = known;
    if (known.size > knownMost && oldest !== undefined) known.delete(oldest);
    this.#known.set(address, known);
  }
}
