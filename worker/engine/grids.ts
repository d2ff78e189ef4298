/** The grids of the instruments, which every price and valuation needs: asked of the engine once, and remembered. */

import { readGrid, type Grid } from "./answers.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { toId } from "./words.ts";

/** The grid of an instrument that does not exist. */
const noGrid: Grid = { decimals: 0, tickUnits: 0, settlementUnits: null };

export class Grids {
  readonly #memory: EngineMemory;
  /** By instrument. */
  readonly #known: Grid[] = [];

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  /** Gives an instrument's grid; all zeros if there is no such instrument. */
  of(inst: number): Grid {
    const known = this.#memory.isTrapped ? undefined : this.#known[inst];
    return known ?? this.#ask(inst);
  }

  /** Drops all grids: the next command may change them. */
  clear(): void {
    this.#known.length = 0;
  }

  #ask(inst: number): Grid {
    if (this.#memory.exports.mm_instrument(toId(inst)) === 0) return noGrid;
    return (this.#known[inst] = readGrid(this.#memory));
  }
}
