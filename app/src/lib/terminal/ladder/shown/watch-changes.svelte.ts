/** Changes of sizes as a ladder shows them: watched while they are asked for, at no cost while they are not. */

import { untrack } from "svelte";
import { LevelChanges, type Sizes } from "./changes.ts";

const none: Sizes = new Map();

export class ShownChanges {
  readonly #bids = new LevelChanges();
  readonly #asks = new LevelChanges();
  #tick = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  bids = $state.raw<Sizes>(none);
  asks = $state.raw<Sizes>(none);

  note(tick: number, bids: Sizes, asks: Sizes): void {
    // The same ticks are other prices then.
    if (tick !== this.#tick) this.forget();
    this.#tick = tick;
    const now = performance.now();
    this.#bids.note(bids, now);
    this.#asks.note(asks, now);
    this.#show();
  }

  forget(): void {
    this.#bids.forget();
    this.#asks.forget();
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    this.bids = this.#bids.shown(now);
    this.asks = this.#asks.shown(now);
    clearTimeout(this.#timer);
    const next = Math.min(this.#bids.nextMs ?? Infinity, this.#asks.nextMs ?? Infinity);
    if (next < Infinity) this.#timer = setTimeout(() => this.#show(), next - now);
  }
}

interface Watched {
  readonly tick: number;
  readonly levels: { readonly bids: Sizes; readonly asks: Sizes };
  readonly changes: ShownChanges;
}

/** Called while a component is set up: it watches as long as that lives and `isOn`. */
export function watchChanges(ladder: Watched, isOn: () => boolean): void {
  $effect(() => {
    if (!isOn()) return;
    const { tick, levels } = ladder;
    untrack(() => ladder.changes.note(tick, levels.bids, levels.asks));
  });
  $effect(() => (isOn() ? () => ladder.changes.forget() : undefined));
}
