/** A token bucket for each key. The clock comes in as an argument. */

import { TokenBucket, type Rate } from "#protocol";
import { BoundedMap } from "./bounded-map.ts";

export class Quotas {
  readonly #rate: Rate;
  readonly #buckets = new BoundedMap<TokenBucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes a token. @returns 0, or the milliseconds until there is one */
  take(key: string, now: number): number {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#rate, now);
    // Is set anew each time: the bucket that nobody has asked for longest goes first.
    this.#buckets.set(key, bucket);
    return bucket.take(now) ? 0 : Math.ceil(((1 - bucket.tokens) * 1_000) / this.#rate.perSec);
  }
}
