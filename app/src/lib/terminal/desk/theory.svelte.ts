/**
 * Theoretical values by the trader's view of each underlying, else those that the game tells in learning mode. Views stay in
 * this browser: nothing of them is sent.
 */

import { SvelteMap } from "svelte/reactivity";
import type { Instrument, Message } from "#protocol";
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
  /** Views by the id of the underlying. */
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

  /** Whether there is any value: by a view of the trader's, or by the game in learning mode. */
  get hasAny(): boolean {
    return this.#views.size > 0 || this.#learned !== null;
  }

  /** Values that the game tells in learning mode, to who knows the own hand, else the table; null: it tells none. */
  get #learned(): Message<"fair"> | null {
    return this.#room.handFair ?? this.#room.tableFair;
  }

  #learnedOf(inst: number): Message<"fair">["values"][number] | null {
    return this.#learned?.values.find((value) => value.inst === inst) ?? null;
  }

  /** Whether the game tells the values of this chain. */
  isLearned(underlying: number): boolean {
    return this.#learnedOf(underlying) !== null;
  }

  /** The fair value of an instrument that the game tells; null: it tells none. */
  fair({ id, type, strike, reference_id, settled }: Instrument): Theory | null {
    const fair = this.#learnedOf(id);
    if (settled || fair === null) return null;
    if (type === "SCALAR" || strike === null) return { value: fair.mean, delta: 1 };
    const under = this.#learnedOf(reference_id ?? -1);
    // The delta is that of a view with the same mean and deviation.
    const delta = under === null ? 0 : optionTheory(type, strike, under.mean, under.sd).delta;
    return { value: fair.mean, delta };
  }

  /** Sets or removes a view. The first view adds its columns to the chain. */
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

  /** Whether options on it have a value: by a view with a deviation, or by the game. */
  hasView(underlying: number): boolean {
    return this.viewOf(underlying).sd !== null || this.isLearned(underlying);
  }

  /** The mean of a view without one of its own: the mid of the market, else the last trade. */
  midOrLast(underlying: number): number | null {
    const { bids, asks, last } = this.#room.market(underlying);
    const bid = best(bids);
    const ask = best(asks);
    return bid === null || ask === null ? last : (bid + ask) / 2;
  }

  /** The expected settlement of the instrument's underlying, or of a scalar itself. */
  mean(instrument: Instrument): number | null {
    const own = this.viewOf(instrument.reference_id ?? instrument.id).mean;
    if (own !== null || instrument.reference_id === null) return own;
    return this.midOrLast(instrument.reference_id);
  }

  /**
   * The value of an instrument under a view. A scalar is worth the mean, if the view has one: a mean that follows the
   * market says nothing about it. Null without a view, and for a settled instrument.
   */
  value(instrument: Instrument, mean: number | null, sd: number | null): Theory | null {
    const { type, strike, settled } = instrument;
    if (settled || mean === null) return null;
    if (type === "SCALAR") return { value: mean, delta: 1 };
    return strike === null || sd === null ? null : optionTheory(type, strike, mean, sd);
  }

  /** The value rounded to a tick, as the middle of a quote. */
  middle(inst: number): number | null {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const { sd } = this.viewOf(instrument.reference_id ?? inst);
    const theory = this.value(instrument, this.mean(instrument), sd) ?? this.fair(instrument);
    return theory && snapToTick(theory.value, instrument.tick_size);
  }
}

/** The theory of one instrument, for a component: computed again only when the view or its mean changes. */
export class LiveTheory {
  readonly #theory: TraderTheory;
  readonly #instrument: () => Instrument | null | undefined;

  constructor(theory: TraderTheory, instrument: () => Instrument | null | undefined) {
    this.#theory = theory;
    this.#instrument = instrument;
  }

  readonly #of = $derived.by(() => this.#instrument() ?? null);
  /** Mean and deviation are derived separately, so that a change of the market that leaves them equal stops here. */
  readonly #mean = $derived.by(() => this.#of && this.#theory.mean(this.#of));
  readonly #sd = $derived.by(
    () => this.#of && this.#theory.viewOf(this.#of.reference_id ?? this.#of.id).sd,
  );
  /** By the trader's own view, which goes before what the game tells. */
  readonly now: Theory | null = $derived.by(
    () =>
      this.#of &&
      (this.#theory.value(this.#of, this.#mean, this.#sd) ?? this.#theory.fair(this.#of)),
  );
}

/**
 * The rounding unit of values, which may lie between ticks: the tick's decimals, but at least one, so that 0.4 is not
 * shown as 0.
 */
function unitOf(tick: number): number {
  return 10 ** -Math.max(1, decimalsOf(tick));
}

export function formatTheory(value: number, tick: number): string {
  const unit = unitOf(tick);
  return formatPrice(snapToTick(value, unit), unit);
}

/** Rounds an edge as it is shown, so that an edge shown as zero counts as zero. */
export function roundEdge(edge: number, tick: number): number {
  return snapToTick(edge, unitOf(tick));
}

/** An edge with its sign. */
export function formatEdge(edge: number, tick: number): string {
  const text = formatTheory(edge, tick);
  return roundEdge(edge, tick) > 0 ? `+${text}` : text;
}

/** A delta with two decimals and its sign. */
export function formatDelta(delta: number): string {
  return formatEdge(delta, 0.01);
}
