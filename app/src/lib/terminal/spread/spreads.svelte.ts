/** Where a spread is built: its code comes with the first leg, for most never need it. */

import type { SpreadDesk } from "./spread.svelte.ts";

export class Spreads {
  /** null until somebody has begun one. */
  desk = $state.raw<SpreadDesk | null>(null);
  /** A plain click on a price of the chain is a leg, as on a screen without a Ctrl key. */
  building = $state(false);
  readonly #make: () => Promise<SpreadDesk>;
  readonly #failed: () => void;
  #coming: Promise<SpreadDesk> | null = null;

  constructor(make: () => Promise<SpreadDesk>, failed: () => void) {
    this.#make = make;
    this.#failed = failed;
  }

  /** Does this to the spread as soon as there is one; several in the order in which they came. */
  async with(act: (spread: SpreadDesk) => void = () => {}): Promise<void> {
    try {
      this.#coming ??= this.#make();
      this.desk = await this.#coming;
    } catch {
      this.#coming = null;
      return this.#failed();
    }
    act(this.desk);
  }
}
