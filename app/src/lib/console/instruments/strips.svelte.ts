/** Knows which strips of options are folded under their scalars: a long strip is folded until the host opens it. */

import { SvelteMap } from "svelte/reactivity";
import type { Instrument } from "#protocol";

/** Number of options from which a strip starts folded: more would push the people off the screen. */
export const foldedFrom = 12;

export class Strips {
  readonly #rows: () => readonly Instrument[];
  /** Strips that the host has folded (true) or opened, by the scalar's id. */
  readonly #chosen = new SvelteMap<number, boolean>();
  readonly #sizes = $derived.by(() => {
    const sizes = new Map<number, number>();
    for (const { reference_id: scalar } of this.#rows())
      if (scalar !== null) sizes.set(scalar, (sizes.get(scalar) ?? 0) + 1);
    return sizes;
  });
  /** The instruments without the folded options. */
  readonly shown = $derived.by(() =>
    this.#rows().filter(({ reference_id: scalar }) => scalar === null || !this.isFolded(scalar)),
  );

  /** @param rows all instruments, each scalar before its options */
  constructor(rows: () => readonly Instrument[]) {
    this.#rows = rows;
  }

  /** Number of options on a scalar. */
  sizeOf(scalar: number): number {
    return this.#sizes.get(scalar) ?? 0;
  }

  isFolded(scalar: number): boolean {
    return this.#chosen.get(scalar) ?? this.sizeOf(scalar) > foldedFrom;
  }

  fold(scalar: number, isFolded: boolean): void {
    this.#chosen.set(scalar, isFolded);
  }
}
