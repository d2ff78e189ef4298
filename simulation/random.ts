/** Random numbers from one seed: every source is forked from the run's, so that a seed decides everything. */

import { seeded } from "#game/testing/table.ts";

export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  /** A whole number from 0 up to, but without, `limit`. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }

  /** A source for one part, independent of the numbers drawn by others. */
  fork(): Random {
    return new Random(this.below(2 ** 32));
  }
}
