/**
 * Theoretical values by the trader's own view of each underlying. The view stays in this browser; nothing of it is
 * ever sent.
 */

import { SvelteMap } from "svelte/reactivity";
import type { Instrument } from "#protocol";
import { formatPrice } from "#lib/format.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { best } from "#lib/trading/book.ts";
import { snapToTick, decimalsOf } from "#lib/trading/grid.ts";
import { optionTheory, type Theory, type TraderView } from "#lib/trading/theory.ts";
import {
  viewColumns,
  withColumn,
  type ChainColumn,
  type Preferences,
} from "./preferences.svelte.ts";

const none: TraderView = { mean: null, sd: null };

export class TraderTheory {
  readonly #room: RoomClient;
  readonly #preferences: Preferences;
  /** By the id of the underlying. */
  readonly #views: SvelteMap<number, TraderView>;

  constructor(
    room: RoomClient,
    preferences: Preferences,
    saved: Iterable<readonly [number, TraderView["mean"], TraderView["sd"]]> = [],
  ) {
    this.#room = room;
    this.#preferences = preferences;
    this.#views = new SvelteMap([...saved].map(([id, mean, sd]) => [id, { mean, sd }]));
  }

  get saved(): [number, TraderView["mean"], TraderView["sd"]][] {
    return [...this.#views].map(([id, { mean, sd }]) => [id, mean, sd]);
  }

  /** Whether there is a view of anything. */
  get hasAny(): boolean {
    return this.#views.size > 0;
  }

  /** The first one brings its columns along. */
  setView(underlying: number, view: TraderView): void {
    if (view.mean === null && view.sd === null) this.#views.delete(underlying);
    else this.#views.set(underlying, view);
    const { viewColumnsCame, chainColumns } = this.#preferences;
    if (viewColumnsCame || view.sd === null) return;
    this.#preferences.viewColumnsCame = true;
    this.#preferences.chainColumns = viewColumns.reduce<readonly ChainColumn[]>(
      (columns, column) => withColumn(columns, column, true),
      chainColumns,
    ) as ChainColumn[];
  }

  viewOf(underlying: number): TraderView {
    return this.#views.get(underlying) ?? none;
  }

  /** Whether there is anything to value the options on it by. */
  hasView(underlying: number): boolean {
    return this.viewOf(underlying).sd !== null;
  }

  /** The price that a view without a mean follows: the middle of the market, else the last trade. */
  midOrLast(underlying: number): number | null {
    const { bids, asks, last } = this.#room.market(underlying);
    const bid = best(bids);
    const ask = best(asks);
    return bid === null || ask === null ? last : (bid + ask) / 2;
  }

  /** Where the view expects the underlying of an instrument, or the instrument itself, to settle. */
  mean(instrument: Instrument): number | null {
    const own = this.viewOf(instrument.reference_id ?? instrument.id).mean;
    if (own !== null || instrument.reference_id === null) return own;
    return this.midOrLast(instrument.reference_id);
  }

  /**
   * A scalar is worth the mean, if that is the trader's own: where it follows the market it says nothing about it.
   * Null where there is no view, or nothing left to have one of.
   */
  value(instrument: Instrument, mean: number | null, sd: number | null): Theory | null {
    const { type, strike, settled } = instrument;
    if (settled || mean === null) return null;
    if (type === "SCALAR") return { value: mean, delta: 1 };
    return strike === null || sd === null ? null : optionTheory(type, strike, mean, sd);
  }

  /** The value rounded to the tick, for a quote around it. */
  middle(inst: number): number | null {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const { sd } = this.viewOf(instrument.reference_id ?? inst);
    const theory = this.value(instrument, this.mean(instrument), sd);
    return theory && snapToTick(theory.value, instrument.tick_size);
  }
}

/** The theory of one instrument for as long as a component shows it: computed anew only when the view or its mean change. */
export class LiveTheory {
  readonly #theory: TraderTheory;
  readonly #instrument: () => Instrument | null | undefined;

  constructor(theory: TraderTheory, instrument: () => Instrument | null | undefined) {
    this.#theory = theory;
    this.#instrument = instrument;
  }

  readonly #of = $derived.by(() => this.#instrument() ?? null);
  /** Numbers, so that a change of the market that leaves them as they are ends here. */
  readonly #mean = $derived.by(() => this.#of && this.#theory.mean(this.#of));
  readonly #sd = $derived.by(
    () => this.#of && this.#theory.viewOf(this.#of.reference_id ?? this.#of.id).sd,
  );
  readonly now: Theory | null = $derived.by(
    () => this.#of && this.#theory.value(this.#of, this.#mean, this.#sd),
  );
}

/** Values lie between ticks: the tick's decimals, and one at least, or 0.4 of a tick of 1 would read as nothing. */
function unitOf(tick: number): number {
  return 10 ** -Math.max(1, decimalsOf(tick));
}

export function formatTheory(value: number, tick: number): string {
  const unit = unitOf(tick);
  return formatPrice(snapToTick(value, unit), unit);
}

/** Rounds an edge as it is shown: one that reads as zero is zero. */
export function roundEdge(edge: number, tick: number): number {
  return snapToTick(edge, unitOf(tick));
}

/** With its sign. */
export function formatEdge(edge: number, tick: number): string {
  const text = formatTheory(edge, tick);
  return roundEdge(edge, tick) > 0 ? `+${text}` : text;
}

/** A delta as traders write it: hundredths, with its sign. */
export function formatDelta(delta: number): string {
  return formatEdge(delta, 0.01);
}
