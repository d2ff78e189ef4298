/** A token bucket for each key. The clock comes in as an argument. */

import { BoundedMap } from "./bounded-map.ts";

interface Bucket {
  tokens: number;
  atMs: number;
}

export class Quotas {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #buckets = new BoundedMap<Bucket>();

  /** @param perMs tokens that come back in a millisecond, up to `burst` */
  constructor(burst: number, perMs: number) {
    this.#burst = burst;
    this.#perMs = perMs;
  }

  /** Takes a token. @returns 0, or the milliseconds until there is one */
  take(key: string, now: number): number {
    const { tokens, atMs } = this.#buckets.get(key) ?? { tokens: this.#burst, atMs: now };
    const filled = Math.min(this.#burst, tokens + Math.max(0, now - atMs) * this.#perMs);
    const isThere = filled >= 1;
    this.#buckets.set(key, { tokens: isThere ? filled - 1 : filled, atMs: now });
    return isThere ? 0 : Math.ceil((1 - filled) / this.#perMs);
  }
}
