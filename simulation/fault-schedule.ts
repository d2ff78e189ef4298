/** Decides when which fault falls due, counted in requests and drawn from the game's random numbers. */

import type { Faults } from "./game-settings.ts";
import type { Random } from "./random.ts";

export type FaultKind = keyof Faults;

export class FaultSchedule {
  readonly #random: Random;
  readonly #faults: Faults;
  /** Counts the requests so far. */
  readonly #requests: () => number;
  /** At how many requests the next fault of each kind is due, and of any kind. */
  readonly #due: Record<FaultKind, number>;
  #nextDue = 0;

  constructor(random: Random, faults: Faults, requests: () => number) {
    this.#random = random;
    this.#faults = faults;
    this.#requests = requests;
    this.#due = { ...faults };
    for (const kind of this.#kinds) this.#draw(kind);
  }

  /** Lets happen what has fallen due. */
  strike(happen: (kind: FaultKind) => void): void {
    if (this.#requests() < this.#nextDue) return;
    for (const kind of this.#kinds) {
      if (this.#requests() < this.#due[kind]) continue;
      this.#draw(kind);
      happen(kind);
    }
    this.#nextDue = Math.min(...Object.values(this.#due));
  }

  get #kinds(): FaultKind[] {
    return Object.keys(this.#faults) as FaultKind[];
  }

  #draw(kind: FaultKind): void {
    const mean = 1_000 / this.#faults[kind];
    this.#due[kind] =
      this.#requests() + (Number.isFinite(mean) ? 1 + this.#random.below(2 * mean) : Infinity);
  }
}
