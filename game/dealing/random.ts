/** Random numbers of a round, which anybody who has the seed can draw again. The stream is a part of the contract (docs/api.md). */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Random numbers of a block: SHA-256 gives 32 bytes, a number takes four. */
const blockNumbers = 8;
const range = 2 ** 32;

/** The one stream of a round: every draw of its dealing takes from here, in order. */
export class SeededStream {
  readonly #seed: string;
  #block = 0;
  #numbers: number[] = [];

  /** @param seed 64 lower-case hexadecimal digits */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Draws a whole number from 0 to `n - 1`, each as likely as the others. @param n from 1 to 2^32 */
  below(n: number): number {
    const fair = range - (range % n);
    for (;;) {
      const drawn = this.#next();
      if (drawn < fair) return drawn % n;
    }
  }

  /** Shuffles a copy of a list. */
  shuffled<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }

  /** Draws an unsigned number of 32 bits. */
  #next(): number {
    const ready = this.#numbers.shift();
    if (ready !== undefined) return ready;
    const { buffer } = sha256(utf8ToBytes(`${this.#seed}|${this.#block++}`));
    const view = new DataView(buffer);
    this.#numbers = Array.from({ length: blockNumbers }, (_, at) => view.getUint32(4 * at));
    return this.#next();
  }
}

/** The public promise of a seed, made before the deal. */
export function commitOf(room: string, round: number, format: string, seed: string): string {
  return bytesToHex(sha256(utf8ToBytes(`mmg1|${room}|${round}|${format}|${seed}`)));
}
