/** What is open, armed and chosen on this screen. Knows instruments by id only. */

import { SvelteMap } from "svelte/reactivity";
import type { RoomView } from "#lib/state/room-view.ts";
import type { MouseScheme } from "#lib/terminal/ladder/hand/mouse-scheme.ts";
import { viewColumns, withColumn, type ChainColumn } from "#lib/terminal/chain/columns.ts";
import { stepQty, toLot } from "#lib/trading/lots.ts";
import type { PnlUnit } from "#lib/terminal/ladder/pnl.ts";
import {
  DEFAULT_PRESETS,
  firstLadders,
  laddersThatFit,
  layoutOf,
  loadSaved,
  sizeKey,
  storeSaved,
  withLadder,
  withLayout,
  type RecentreSeconds,
} from "./preferences.ts";
import type { View } from "#lib/trading/theory.ts";

const FIRST_SIZE_LOTS = 10;

export class Layout {
  readonly #room: RoomView;
  readonly #fit = laddersThatFit(globalThis.innerWidth ?? 0);
  armed = $state(true);
  sound = $state(false);
  cumulative = $state(false);
  /** Which preset the right button sends; null: the right button is the browser's. */
  secondSize = $state<number | null>(null);
  mouseScheme = $state<MouseScheme>("columns");
  lens = $state(false);
  /** Ladders recentre by themselves before the market leaves them. */
  follows = $state(true);
  recentreSeconds = $state<RecentreSeconds>(0);
  /** Ladders show by how much sizes have just changed. */
  changes = $state(false);
  /** Each order by a click is followed by the first preset. */
  firstSize = $state(false);
  pnlUnit = $state<PnlUnit>("money");
  chainColumns = $state.raw<readonly ChainColumn[]>([]);
  presets = $state.raw<readonly number[]>(DEFAULT_PRESETS);
  #ladders = $state.raw<readonly number[] | null>(null);
  #chain = $state<boolean | null>(null);
  /** What opened by itself and stays: nothing joins it without being asked for. */
  #firstLadders = $state.raw<readonly number[] | null>(null);
  #firstChain = $state(false);
  readonly #sizes = new SvelteMap<string, number>();
  /** What one expects each underlying to settle at, by its id. */
  readonly views = new SvelteMap<number, View>();
  #viewColumnsCame = $state(false);
  #active = $state<number | null>(null);
  /** The ladder that was asked for last: it must be seen. A new object each time. */
  shown = $state.raw<{ readonly inst: number } | null>(null);

  #focusIn: number | null = null;

  /** Instruments with an open ladder, left to right. */
  readonly ladders = $derived.by(() =>
    (this.#ladders ?? this.#firstLadders ?? this.#suggested()).filter(
      (inst) => this.#room.instrument(inst) !== undefined,
    ),
  );
  readonly hasOptions = $derived.by(() =>
    this.#room.instruments.some((i) => i.reference_id !== null),
  );
  readonly chainOpen = $derived(this.#chain ?? this.#firstChain);
  /** The instrument that the ticket, the keys and the phone are about. */
  readonly active = $derived.by(() => {
    const chosen = this.#active;
    if (chosen !== null && this.#room.instrument(chosen) !== undefined) return chosen;
    return this.ladders[0] ?? this.#room.instruments[0]?.id ?? null;
  });

  constructor(room: RoomView) {
    this.#room = room;
    const saved = loadSaved();
    const layout = layoutOf(saved, room.roomCode);
    this.armed = saved.armed;
    this.sound = saved.sound;
    this.cumulative = saved.cumulative;
    this.secondSize = saved.secondSize;
    this.mouseScheme = saved.mouseScheme;
    this.lens = saved.lens;
    this.follows = saved.follows;
    this.recentreSeconds = saved.recentreSeconds;
    this.changes = saved.changes;
    this.firstSize = saved.firstSize;
    this.pnlUnit = saved.pnlUnit;
    this.chainColumns = saved.chainColumns;
    this.presets = saved.presets;
    this.#ladders = layout.ladders;
    this.#chain = layout.chain;
    for (const [key, size] of layout.sizes) this.#sizes.set(key, size);
    for (const [underlying, mean, sd] of layout.views) this.views.set(underlying, { mean, sd });
    this.#viewColumnsCame = saved.viewColumnsCame;
  }

  /** Remembers all of it; run in an effect, so that every change is stored. */
  store(): void {
    const layout = {
      code: this.#room.roomCode,
      ladders: this.#ladders === null ? null : [...this.#ladders],
      chain: this.#chain,
      sizes: [...this.#sizes],
      views: [...this.views].map(
        ([id, { mean, sd }]) => [id, mean, sd] as [number, typeof mean, typeof sd],
      ),
    };
    const { armed, sound, cumulative, secondSize, lens } = this;
    const { follows, changes, firstSize, pnlUnit, mouseScheme, recentreSeconds } = this;
    const lists = { presets: [...this.presets], chainColumns: [...this.chainColumns] };
    const now = {
      armed,
      sound,
      cumulative,
      secondSize,
      lens,
      follows,
      changes,
      firstSize,
      pnlUnit,
      mouseScheme,
      recentreSeconds,
      viewColumnsCame: this.#viewColumnsCame,
    };
    storeSaved(withLayout({ ...loadSaved(), ...now, ...lists }, layout));
  }

  #suggested(): readonly number[] {
    return firstLadders(this.#room.instruments, this.#fit);
  }

  /** Run whenever instruments come: the first of them open ladders, the first options the chain. */
  openByItself(): void {
    const first = this.#suggested();
    if (this.#firstLadders === null && first.length > 0) this.#firstLadders = first;
    if (this.hasOptions) this.#firstChain = true;
  }

  choose(inst: number): void {
    this.#active = inst;
  }

  /** @param focused the keys go on in its rows. */
  openLadder(inst: number, focused = false): void {
    this.#ladders = withLadder(this.ladders, inst);
    this.#active = inst;
    this.shown = { inst };
    this.#focusIn = focused ? inst : null;
  }

  /** Whether the ladder is to take the focus; once. */
  takesFocus(inst: number): boolean {
    const takes = this.#focusIn === inst;
    if (takes) this.#focusIn = null;
    return takes;
  }

  closeLadder(inst: number): void {
    this.#ladders = this.ladders.filter((other) => other !== inst);
    if (this.#active === inst) this.#active = null;
  }

  showChain(open: boolean): void {
    this.#chain = open;
  }

  /** The size that a click in the instrument sends: always whole lots. */
  sizeOf(inst: number): number {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return 1;
    const lot = instrument.lot_size;
    return toLot(this.#sizes.get(sizeKey(instrument)) ?? FIRST_SIZE_LOTS * lot, lot);
  }

  setSize(inst: number, size: number): void {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return;
    this.#sizes.set(sizeKey(instrument), toLot(size, instrument.lot_size));
  }

  /** Adds a preset to the size of the next click. */
  addSize(inst: number, preset: number): void {
    this.setSize(inst, this.sizeOf(inst) + preset);
  }

  /** So many steps more or less: of the smallest preset, in whole lots. */
  stepSize(inst: number, steps: number): void {
    const lot = this.#room.instrument(inst)?.lot_size ?? 1;
    this.setSize(inst, stepQty(this.sizeOf(inst), steps, toLot(Math.min(...this.presets), lot)));
  }

  /** What an order by a click leaves as the size of the next one. */
  orderSent(inst: number): void {
    const [first] = this.presets;
    if (this.firstSize && first !== undefined) this.setSize(inst, first);
  }

  /** The size that the right button sends on a ladder; null: nothing. */
  secondSizeOf(inst: number): number | null {
    const preset = this.secondSize === null ? undefined : this.presets[this.secondSize];
    const lot = this.#room.instrument(inst)?.lot_size;
    return preset === undefined || lot === undefined ? null : toLot(preset, lot);
  }

  /** The first one brings its columns along. */
  setView(underlying: number, view: View): void {
    if (view.mean === null && view.sd === null) this.views.delete(underlying);
    else this.views.set(underlying, view);
    if (this.#viewColumnsCame || view.sd === null) return;
    this.#viewColumnsCame = true;
    for (const column of viewColumns)
      this.chainColumns = withColumn(this.chainColumns, column, true);
  }

  setPreset(index: number, size: number): void {
    this.presets = this.presets.map((old, i) => (i === index ? size : old));
  }
}
