/** Delays that grow with every mistake of a key, after some free ones. The clock comes in as an argument. */

import { BoundedMap } from "./bounded-map.ts";

export interface PenaltyRule {
  /** Mistakes that cost nothing. */
  free: number;
  /** The delay after the first mistake that is not free; each further one doubles it. */
  firstMs: number;
  mostMs: number;
  /** Time without a mistake after which all are forgiven. */
  forgetMs: number;
}

interface Record {
  mistakes: number;
  lastMs: number;
  untilMs: number;
}

export class Penalties {
  readonly #rule: PenaltyRule;
  readonly #records = new BoundedMap<Record>();

  constructor(rule: PenaltyRule) {
    this.#rule = rule;
  }

  /** Milliseconds for which this key may not try. */
  waitMs(key: string, now: number): number {
    return Math.max(0, (this.#records.get(key)?.untilMs ?? 0) - now);
  }

  /** Whether the key has mistakes that are not forgiven. */
  hasMistakes(key: string, now: number): boolean {
    return this.#mistakes(key, now) > 0;
  }

  #mistakes(key: string, now: number): number {
    const known = this.#records.get(key);
    return known === undefined || now - known.lastMs > this.#rule.forgetMs ? 0 : known.mistakes;
  }

  mistake(key: string, now: number): void {
    const { free, firstMs, mostMs } = this.#rule;
    const known = this.#records.get(key);
    const mistakes = this.#mistakes(key, now);
    const beyond = mistakes + 1 - free;
    const delayMs = beyond <= 0 ? 0 : Math.min(mostMs, firstMs * 2 ** (beyond - 1));
    const untilMs = Math.max(now + delayMs, known?.untilMs ?? 0);
    this.#records.set(key, { mistakes: mistakes + 1, lastMs: now, untilMs });
  }

  /** Takes one mistake back: it was none. */
  forgive(key: string): void {
    const known = this.#records.get(key);
    if (known === undefined) return;
    known.mistakes = Math.max(0, known.mistakes - 1);
    if (known.mistakes <= this.#rule.free) known.untilMs = 0;
  }
}
