/** The size of the next click in each instrument, in whole lots, and the size presets that change it. */

import { SvelteMap } from "svelte/reactivity";
import type { Instrument } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { firstLots } from "#lib/trading/first-size.ts";
import { stepQty, toLot } from "#lib/trading/lots.ts";
import type { Preferences } from "./preferences.svelte.ts";

export class ClickSizes {
  readonly #room: RoomClient;
  readonly #preferences: Preferences;
  readonly #sizes: SvelteMap<string, number>;
  /** Reasons for which the size that is being typed cannot be read, by `sizeKey`. */
  readonly #unread = new SvelteMap<string, string>();

  /** @param saved sizes by `sizeKey` */
  constructor(
    room: RoomClient,
    preferences: Preferences,
    saved: Iterable<readonly [string, number]> = [],
  ) {
    this.#room = room;
    this.#preferences = preferences;
    this.#sizes = new SvelteMap(saved);
  }

  /** Practice has one size for all: legs of one idea are traded in the same size. */
  #keyOf(instrument: Instrument): string {
    return this.#room.isLocal ? "all" : sizeKey(instrument);
  }

  get saved(): [string, number][] {
    return [...this.#sizes];
  }

  /** The size that a click in the instrument sends, in whole lots. */
  sizeOf(inst: number): number {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return 1;
    const lot = instrument.lot_size;
    const { round, me } = this.#room;
    const first = firstLots(round, inst, me?.userId ?? null) * lot;
    return toLot(this.#sizes.get(this.#keyOf(instrument)) ?? first, lot);
  }

  /** A quantity in whole lots of the instrument. */
  lotsOf(inst: number, qty: number): number {
    return toLot(qty, this.#room.instrument(inst)?.lot_size ?? 1);
  }

  setSize(inst: number, size: number): void {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return;
    this.#sizes.set(this.#keyOf(instrument), toLot(size, instrument.lot_size));
    this.#unread.delete(this.#keyOf(instrument));
  }

  /** Notes why a typed size cannot be read; null: it can, or is gone. No click is sent meanwhile. */
  setProblem(inst: number, problem: string | null): void {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return;
    if (problem === null) this.#unread.delete(this.#keyOf(instrument));
    else this.#unread.set(this.#keyOf(instrument), problem);
  }

  /** The reason for which a click has no size, in words. */
  problemOf(inst: number): string | null {
    const instrument = this.#room.instrument(inst);
    return instrument === undefined ? null : (this.#unread.get(this.#keyOf(instrument)) ?? null);
  }

  /** Adds a preset to the size of the next click. */
  addSize(inst: number, preset: number): void {
    this.setSize(inst, this.sizeOf(inst) + preset);
  }

  /** Changes the size by a number of steps; a step is the smallest preset, in whole lots. */
  stepSize(inst: number, steps: number): void {
    const lot = this.#room.instrument(inst)?.lot_size ?? 1;
    this.setSize(
      inst,
      stepQty(this.sizeOf(inst), steps, toLot(Math.min(...this.#preferences.presets), lot)),
    );
  }

  /** Sets the size back to the first preset after an order by a click, if the user has chosen that. */
  orderSent(inst: number): void {
    const [first] = this.#preferences.presets;
    if (this.#preferences.firstSize && first !== undefined) this.setSize(inst, first);
  }

  /** The size that the right mouse button sends on a ladder; null: it sends nothing. */
  secondSizeOf(inst: number): number | null {
    const preset =
      this.#preferences.secondSize === null
        ? undefined
        : this.#preferences.presets[this.#preferences.secondSize];
    const lot = this.#room.instrument(inst)?.lot_size;
    return preset === undefined || lot === undefined ? null : toLot(preset, lot);
  }

  setPreset(index: number, size: number): void {
    this.#preferences.presets = this.#preferences.presets.map((old, i) =>
      i === index ? size : old,
    );
  }
}

/** Options on one underlying share a size, so that a chain and its ladders agree on it. */
export function sizeKey(instrument: Pick<Instrument, "id" | "reference_id">): string {
  const { id, reference_id } = instrument;
  return reference_id === null ? `i${id}` : `o${reference_id}`;
}
