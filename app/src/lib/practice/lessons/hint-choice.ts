/** The choice of the hint that is shown: one at a time, for some seconds at least, and none twice that was dismissed. */

import type { Hint } from "./levels/level.ts";
import type { Sight } from "./sight.ts";

/** Time for which a hint stays, so that it can be read. */
const leastMs = 5_000;
/** Time without a hint after one was dismissed. */
const restMs = 8_000;

export class HintChoice {
  readonly #hints: readonly Hint[];
  readonly #dismissed = new Set<string>();
  #shown: { hint: Hint; sinceMs: number } | null = null;
  #restsUntil = 0;
  #now = 0;

  constructor(hints: readonly Hint[]) {
    this.#hints = hints;
  }

  at(sight: Sight, now: number): Hint | null {
    this.#now = now;
    if (this.#shown !== null) {
      const { hint, sinceMs } = this.#shown;
      if (now - sinceMs < leastMs || hint.when(sight)) return hint;
    }
    const next =
      now < this.#restsUntil
        ? undefined
        : this.#hints.find((one) => !this.#dismissed.has(one.id) && one.when(sight));
    this.#shown = next === undefined ? null : { hint: next, sinceMs: now };
    return next ?? null;
  }

  dismiss(id: string): void {
    this.#dismissed.add(id);
    if (this.#shown?.hint.id === id) this.#shown = null;
    this.#restsUntil = this.#now + restMs;
  }
}
