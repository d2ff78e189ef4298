/**
 * The quote grid, quotes in many instruments: the common settings, the settings of single rows, the mid of each row,
 * and the sending of ticked rows. Each row is a request of its own.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { OpenOrder } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { qtyProblem } from "#lib/terminal/orders/check.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import type { TwoSidedQuote, QuoteStatus } from "#lib/terminal/orders/quoter.svelte.ts";
import { outsideBook, best } from "#lib/trading/book.ts";
import { tickRange, tidy, gridOf } from "#lib/trading/grid.ts";
import { quoteAround, type QuoteTicks, moveQuote, type QuoteMove } from "./steps.ts";
import { words } from "./words.ts";

export type MidSource = "book" | "last" | "typed";

/** Settings of a single row; null: the common setting applies. */
interface RowSettings {
  /** A price, which may lie between ticks. */
  readonly mid: number | null;
  /** Ticks. */
  readonly width: number | null;
  readonly size: number | null;
}

const nothing: RowSettings = { mid: null, width: null, size: null };
const FIRST_WIDTH_TICKS = 4;

export class QuoteGrid {
  readonly #room: RoomClient;
  readonly #orders: Orders;
  source = $state<MidSource>("book");
  /** The common width, ticks. */
  width = $state<number | null>(FIRST_WIDTH_TICKS);
  size = $state<number | null>(null);
  /** Ticks by which every quote is above its mid; negative: below. */
  skew = $state<number | null>(0);
  readonly ticked = new SvelteSet<number>();
  readonly #own = new SvelteMap<number, RowSettings>();

  constructor(room: RoomClient, orders: Orders, size: number) {
    this.#room = room;
    this.#orders = orders;
    this.size = size;
  }

  tick(insts: readonly number[], on: boolean): void {
    for (const inst of insts)
      if (on) this.ticked.add(inst);
      else this.ticked.delete(inst);
  }

  /** The row's own mid, or the one from the common source. */
  mid(inst: number): number | null {
    return this.ownOf(inst).mid ?? this.#sourceMid(inst, this.source);
  }

  widthOf(inst: number): number | null {
    return this.ownOf(inst).width ?? this.width;
  }

  sizeOf(inst: number): number | null {
    return this.ownOf(inst).size ?? this.size;
  }

  ownOf(inst: number): RowSettings {
    return this.#own.get(inst) ?? nothing;
  }

  /** Changes the row's own settings; null: the common setting applies again. */
  set(inst: number, change: Partial<RowSettings>): void {
    this.#own.set(inst, { ...this.ownOf(inst), ...change });
    // A refusal is about the row before the change.
    this.#orders.quoter.clearRefusal(inst);
  }

  // Getters and not derived values: these would end with the panel that made them, but the drafts outlive it.

  /** Number of ticked rows that do not follow the common source. */
  get pinned(): number {
    return [...this.ticked].filter((inst) => this.ownOf(inst).mid !== null).length;
  }

  /** Number of ticked rows that can be sent. */
  get ready(): number {
    return [...this.ticked].filter((inst) => this.problem(inst) === null).length;
  }

  /** Sets the common width, also for ticked rows with one of their own. */
  setWidth(width: number | null): void {
    this.width = width;
    for (const inst of this.ticked) this.set(inst, { width: null });
  }

  setSize(size: number | null): void {
    this.size = size;
    for (const inst of this.ticked) this.set(inst, { size: null });
  }

  /** Sets the common source of the mids. With `typed` the ticked rows keep their shown mids, to be changed by hand. */
  setSource(source: MidSource): void {
    const before = this.source;
    this.source = source;
    for (const inst of this.ticked)
      this.set(inst, { mid: source === "typed" ? this.#sourceMid(inst, before) : null });
  }

  /** Gives the ticked rows mids of their own; rows for which `of` has none stay as they are. */
  setMids(of: (inst: number) => number | null): void {
    for (const inst of this.ticked) {
      const mid = of(inst);
      if (mid !== null) this.set(inst, { mid });
    }
  }

  /** Lets the ticked rows follow the common source again. */
  follow(): void {
    for (const inst of this.ticked) this.set(inst, { mid: null });
  }

  /** The mid of the others' book: the user's own quote must not move its own mid. */
  #sourceMid(inst: number, source: MidSource): number | null {
    const instrument = this.#room.instrument(inst);
    if (source === "typed" || instrument === undefined) return null;
    if (source === "last") return this.#room.market(inst).last;
    const { bids, asks } = outsideBook(this.#room, inst);
    const bid = best(bids);
    const ask = best(asks);
    return bid === null || ask === null ? null : tidy((bid + ask) / 2);
  }

  /** The prices in ticks that the row would send; null if mid or width is missing. */
  prices(inst: number): QuoteTicks | null {
    const instrument = this.#room.instrument(inst);
    const mid = this.mid(inst);
    const width = this.widthOf(inst);
    if (instrument === undefined || mid === null || width === null || width < 1) return null;
    return quoteAround(mid / instrument.tick_size + (this.skew ?? 0), width, tickRange(instrument));
  }

  /** The reason for which the row cannot be sent, in words; null if it can. */
  problem(inst: number): string | null {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const block = this.#orders.blockOf(inst);
    if (block !== null) return block;
    if (this.mid(inst) === null) return words.grid.noMid[this.source];
    const width = this.widthOf(inst);
    if (width === null || width < 1 || !Number.isInteger(width)) return words.grid.noWidth;
    return qtyProblem(this.sizeOf(inst), instrument, this.#room.limits);
  }

  live(inst: number): OpenOrder[] {
    return this.#orders.quoter.live(inst);
  }

  state(inst: number): QuoteStatus {
    return this.#orders.quoter.state(inst);
  }

  /** Sends all ticked rows. */
  send(): void {
    for (const inst of this.ticked) {
      const problem = this.problem(inst);
      const prices = this.prices(inst);
      if (problem !== null) this.#orders.quoter.refuse(inst, problem);
      else if (prices !== null) this.#want(inst, prices);
    }
  }

  /** Cancels the quotes of these rows, ticked or not. */
  pull(insts: readonly number[]): void {
    for (const inst of insts) this.#orders.quoter.pull(inst);
  }

  /** Moves all ticked rows by one step; live quotes are amended at once. */
  move(step: QuoteMove): void {
    const { quoter } = this.#orders;
    for (const inst of this.ticked) {
      const instrument = this.#room.instrument(inst);
      const now = this.#current(inst);
      if (instrument === undefined || now === null) continue;
      const next = moveQuote(now, step, tickRange(instrument));
      const mid = (next.bid + next.ask) / 2 - (this.skew ?? 0);
      this.set(inst, { mid: tidy(mid * instrument.tick_size), width: next.ask - next.bid });
      if (!quoter.isOut(inst)) continue;
      const problem = this.problem(inst);
      if (problem === null) this.#want(inst, next);
      else quoter.refuse(inst, problem);
    }
  }

  /** The prices from which a step starts: of the quote being sent, else of the resting one, else of the draft. */
  #current(inst: number): QuoteTicks | null {
    const { quoter } = this.#orders;
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const ticks = ({ bid, ask }: Pick<TwoSidedQuote, "bid" | "ask">) => {
      const grid = gridOf(instrument.tick_size);
      return bid === null || ask === null ? null : { bid: grid.ticks(bid), ask: grid.ticks(ask) };
    };
    const waiting = quoter.waiting(inst);
    if (waiting !== null) return ticks(waiting);
    const state = quoter.state(inst);
    const asked = quoter.asked(inst);
    if (state.kind === "sent") return asked && ticks(asked);
    if (state.kind !== "working") return this.prices(inst);
    return ticks(state) ?? (asked && ticks(asked)) ?? this.prices(inst);
  }

  #want(inst: number, { bid, ask }: QuoteTicks): void {
    const instrument = this.#room.instrument(inst);
    const size = this.sizeOf(inst);
    if (instrument === undefined || size === null) return;
    const grid = gridOf(instrument.tick_size);
    const prices = { bid: grid.price(bid), ask: grid.price(ask) };
    this.#orders.quoter.want(inst, { ...prices, bidQty: size, askQty: size }, { inPlace: true });
  }
}
