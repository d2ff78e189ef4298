/** A token bucket a key. Its clock comes in as an argument. */

import { Remembered } from "./remembered.ts";

interface Bucket {
  tokens: number;
  atMs: number;
}

export class Quotas {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #buckets = new Remembered<Bucket>();

  /** @param perMs how fast a bucket that holds `burst` fills again */
  constructor(burst: number, perMs: number) {
    this.#burst = burst;
    this.#perMs = perMs;
  }

  /** Takes one. @returns 0, or for how many milliseconds there is none */
  take(key: string, now: number): number {
    const { tokens, atMs } = this.#buckets.get(key) ?? { tokens: this.#burst, atMs: now };
    const filled = Math.min(this.#burst, tokens + Math.max(0, now - atMs) * this.#perMs);
    const isThere = filled >= 1;
    this.#buckets.set(key, { tokens: isThere ? filled - 1 : filled, atMs: now });
    return isThere ? 0 : Math.ceil((1 - filled) / this.#perMs);
  }
}
