/** The numbers of ticks that ladders show in a row, by instrument. */

import { SvelteMap } from "svelte/reactivity";

export class TickGroups {
  readonly #of: SvelteMap<number, number>;

  constructor(saved: Iterable<readonly [inst: number, group: number]> = []) {
    this.#of = new SvelteMap(saved);
  }

  get saved(): [number, number][] {
    return [...this.#of];
  }

  of(inst: number): number {
    return this.#of.get(inst) ?? 1;
  }

  set(inst: number, group: number): void {
    if (group === 1) this.#of.delete(inst);
    else this.#of.set(inst, group);
  }
}
