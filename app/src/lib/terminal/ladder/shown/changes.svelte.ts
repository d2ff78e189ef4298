/** The recent changes of the sizes on a ladder, and the time for which they are shown. */

import { untrack } from "svelte";

/** Time for which a change is shown. */
export const SHOWN_MS = 2_000;

interface SizeChange {
  /** The size before the first change that is still shown. */
  readonly before: number;
  readonly until: number;
}

export type LevelSizes = ReadonlyMap<number, number>;

export class LevelChanges {
  #former: LevelSizes | null = null;
  readonly #changes = new Map<number, SizeChange>();

  /** Takes in one side of the book. The first one shows no change. */
  note(sizes: LevelSizes, nowMs: number): void {
    const former = this.#former;
    this.#former = sizes;
    this.#expire(nowMs);
    if (former === null) return;
    for (const [ticks, qty] of sizes) this.#compare(ticks, former.get(ticks) ?? 0, qty, nowMs);
    for (const [ticks, qty] of former) if (!sizes.has(ticks)) this.#compare(ticks, qty, 0, nowMs);
  }

  /** Changes to be shown, by level. A quantity that came and went is none. */
  shown(nowMs: number): Map<number, number> {
    this.#expire(nowMs);
    const shown = new Map<number, number>();
    for (const [ticks, { before }] of this.#changes) {
      const change = (this.#former?.get(ticks) ?? 0) - before;
      if (change !== 0) shown.set(ticks, change);
    }
    return shown;
  }

  /** Time at which the next change expires; null: none is left. */
  get nextMs(): number | null {
    let next: number | null = null;
    for (const { until } of this.#changes.values()) next = Math.min(next ?? until, until);
    return next;
  }

  /** Starts again: for other prices, or when changes are no longer shown. */
  clear(): void {
    this.#former = null;
    this.#changes.clear();
  }

  #compare(ticks: number, before: number, now: number, nowMs: number): void {
    if (before === now) return;
    const first = this.#changes.get(ticks)?.before ?? before;
    this.#changes.set(ticks, { before: first, until: nowMs + SHOWN_MS });
  }

  #expire(nowMs: number): void {
    for (const [ticks, { until }] of this.#changes) if (until <= nowMs) this.#changes.delete(ticks);
  }
}

const none: LevelSizes = new Map();

export class ShownChanges {
  readonly #bids = new LevelChanges();
  readonly #asks = new LevelChanges();
  #tick = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  bids = $state.raw<LevelSizes>(none);
  asks = $state.raw<LevelSizes>(none);

  /** @param tick the step of price from row to row */
  note(tick: number, bids: LevelSizes, asks: LevelSizes): void {
    // The same rows are other prices with another tick size.
    if (tick !== this.#tick) this.clear();
    this.#tick = tick;
    const now = performance.now();
    this.#bids.note(bids, now);
    this.#asks.note(asks, now);
    this.#show();
  }

  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
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

interface WatchedLadder {
  readonly tick: number;
  /** Ticks in a row. */
  readonly group: number;
  readonly levels: { readonly bids: LevelSizes; readonly asks: LevelSizes };
  readonly changes: ShownChanges;
}

/** Watches the changes while `isOn` and the component lives. To be called while the component is set up. */
export function watchChanges(ladder: WatchedLadder, isOn: () => boolean): void {
  $effect(() => {
    if (!isOn()) return;
    const { tick, group, levels } = ladder;
    untrack(() => ladder.changes.note(tick * group, levels.bids, levels.asks));
  });
  $effect(() => (isOn() ? () => ladder.changes.clear() : undefined));
}
