/**
 * The quote grid, quotes in many instruments: the common settings, the settings of single rows, the mid of each row,
 * and the sending of ticked rows. Each row is a request of its own. Steps and settings act on ticked rows with a live
 * quote at once; a mid that comes from elsewhere waits until the rows are sent.
 */

import { SvelteSet } from "svelte/reactivity";
import type { OpenOrder } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { qtyProblem } from "#lib/terminal/orders/check.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import type { QuoteStatus, RefusedSides } from "#lib/terminal/orders/quoter.svelte.ts";
import { outsideBook, best } from "#lib/trading/book.ts";
import { tickRange, tidy, gridOf } from "#lib/trading/grid.ts";
import { SettingsOfRows, type RowSettings } from "./row-settings.svelte.ts";
import { moveQuote, quoteAround, wantedOf, within } from "./steps.ts";
import type { QuoteMove, QuoteTicks } from "./steps.ts";
import { words } from "./words.ts";

export type MidSource = "book" | "last" | "typed";

const FIRST_WIDTH_TICKS = 4;

/** Choices that outlast the grid. */
export interface QuoteChoices {
  gridPostOnly: boolean;
  /** Whether a step refills what was taken. */
  stepsRefill: boolean;
}

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
  readonly #rows = new SettingsOfRows();
  readonly choices: QuoteChoices;

  constructor(
    room: RoomClient,
    orders: Orders,
    size: number,
    choices: QuoteChoices = { gridPostOnly: true, stepsRefill: false },
  ) {
    this.#room = room;
    this.#orders = orders;
    this.size = size;
    this.choices = choices;
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
    return this.#rows.of(inst);
  }

  /** Changes the row's own settings; null: the common setting applies again. */
  set(inst: number, change: Partial<RowSettings>): void {
    this.#rows.change(inst, change);
    // A refusal is about the row before the change.
    this.#orders.quoter.clearRefusal(inst);
  }

  /** Takes a setting that the user has entered in a row, which a live quote of a ticked row follows at once. */
  enter(inst: number, change: Partial<RowSettings>): void {
    this.set(inst, change);
    this.#amend([inst], change.size !== undefined);
  }

  /** Notes why a typed setting cannot be read; null: it can, or is gone. The row is not sent meanwhile. */
  setProblem(inst: number, name: keyof RowSettings, problem: string | null): void {
    this.#rows.setProblem(inst, name, problem);
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
    this.#amend(this.ticked);
  }

  /** Sets the common size: live quotes of ticked rows get it, whatever was taken of them. */
  setSize(size: number | null): void {
    this.size = size;
    for (const inst of this.ticked) this.set(inst, { size: null });
    this.#amend(this.ticked, true);
  }

  setSkew(skew: number | null): void {
    this.skew = skew;
    this.#amend(this.ticked);
  }

  /** Sends the present prices of those rows that are ticked and have a live quote. @param whole at their whole size */
  #amend(insts: Iterable<number>, whole = false): void {
    const { quoter } = this.#orders;
    for (const inst of insts) {
      const prices = this.prices(inst);
      if (!this.ticked.has(inst) || !quoter.isOut(inst)) continue;
      if (prices !== null && this.problem(inst) === null && this.#mayGo(inst, prices))
        this.#want(inst, prices, whole ? "whole" : "left");
    }
  }

  /** Whether a live quote may follow at once. One that would trade waits until it is sent, unless it is post-only. */
  #mayGo(inst: number, prices: QuoteTicks): boolean {
    const { bid, ask } = this.meets(inst, prices);
    return this.choices.gridPostOnly || (bid === null && ask === null);
  }

  /** The others' prices with which each side would trade at once; null: it would rest. */
  meets(inst: number, prices: QuoteTicks | null): Readonly<Record<"bid" | "ask", number | null>> {
    const { bids, asks } = outsideBook(this.#room, inst);
    const [bid, ask] = [best(bids), best(asks)];
    const tick = this.#room.instrument(inst)?.tick_size ?? 1;
    const [bought, sold] = prices === null ? [null, null] : [prices.bid, prices.ask];
    return {
      bid: bought !== null && ask !== null && bought >= gridOf(tick).ticks(ask) ? ask : null,
      ask: sold !== null && bid !== null && sold <= gridOf(tick).ticks(bid) ? bid : null,
    };
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
    const wanted = this.#wanted(inst);
    return wanted === null || instrument === undefined
      ? null
      : within(wanted, tickRange(instrument));
  }

  /** The prices in ticks that the row asks for, which may lie beyond the instrument's bounds. */
  #wanted(inst: number): QuoteTicks | null {
    const instrument = this.#room.instrument(inst);
    const mid = this.mid(inst);
    const width = this.widthOf(inst);
    const { skew } = this;
    if (instrument === undefined || mid === null || width === null || width < 1 || skew === null)
      return null;
    return quoteAround(mid / instrument.tick_size + skew, width);
  }

  /** The reason for which the row cannot be sent, in words; null if it can. */
  problem(inst: number): string | null {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const block = this.#orders.blockOf(inst);
    if (block !== null) return block;
    const unread = this.#rows.problemOf(inst);
    if (unread !== null) return unread;
    if (this.skew === null) return words.grid.noSkew;
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

  refusedSides(inst: number): RefusedSides {
    return this.#orders.quoter.refusedSides(inst);
  }

  /** Whether the row's last quote was refused, or a side of it. */
  isRefused(inst: number): boolean {
    const { bid, ask } = this.refusedSides(inst);
    return this.state(inst).kind === "refused" || bid !== undefined || ask !== undefined;
  }

  /** Sends all ticked rows. */
  send(): void {
    for (const inst of this.ticked) {
      const problem = this.problem(inst);
      const prices = this.prices(inst);
      if (problem !== null) this.#orders.quoter.refuse(inst, problem);
      else if (prices !== null) this.#want(inst, prices, "whole");
    }
  }

  /** Cancels all quotes, of rows that are not shown as well. Other orders stay. */
  pullAll(): void {
    this.#orders.quoter.pullAll();
  }

  /** Moves all ticked rows by one step; live quotes are amended at once, with what is left of them. */
  move(step: QuoteMove): void {
    const { quoter } = this.#orders;
    for (const inst of this.ticked) {
      const instrument = this.#room.instrument(inst);
      const now = this.#current(inst);
      if (instrument === undefined || now === null) continue;
      const bounds = tickRange(instrument);
      const wanted = moveQuote(wantedOf(now, this.#wanted(inst), bounds), step, bounds);
      const mid = (wanted.bid + wanted.ask) / 2 - (this.skew ?? 0);
      const width = wanted.ask - wanted.bid;
      this.set(inst, {
        mid: tidy(mid * instrument.tick_size),
        width: width === this.width ? null : width,
      });
      const next = within(wanted, bounds);
      if (!quoter.isOut(inst) || !this.#mayGo(inst, next)) continue;
      const problem = this.problem(inst);
      if (problem === null) this.#want(inst, next, "left");
      else quoter.refuse(inst, problem);
    }
  }

  /**
   * The prices from which a step starts, by side: of the quote being sent, else of the resting one, else of the draft.
   * A side that was refused or taken starts from where it was asked for.
   */
  #current(inst: number): QuoteTicks | null {
    const { quoter } = this.#orders;
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const grid = gridOf(instrument.tick_size);
    const state = quoter.state(inst);
    const asked = quoter.waiting(inst) ?? quoter.asked(inst);
    const draft = this.prices(inst);
    const refused = quoter.refusedSides(inst);
    const ticks = (name: "bid" | "ask") => {
      if (!quoter.isOut(inst)) return draft?.[name] ?? null;
      const resting = state.kind === "working" && refused[name] === undefined ? state[name] : null;
      const price = quoter.waiting(inst)?.[name] ?? resting ?? asked?.[name] ?? null;
      return price === null ? (draft?.[name] ?? null) : grid.ticks(price);
    };
    const [bid, ask] = [ticks("bid"), ticks("ask")];
    return bid === null || ask === null || bid >= ask ? draft : { bid, ask };
  }

  /** @param part `whole`: both sides at their size; `left`: what is left of them, unless steps refill */
  #want(inst: number, { bid, ask }: QuoteTicks, part: "whole" | "left"): void {
    const instrument = this.#room.instrument(inst);
    const size = this.sizeOf(inst);
    if (instrument === undefined || size === null) return;
    const grid = gridOf(instrument.tick_size);
    const prices = { bid: grid.price(bid), ask: grid.price(ask) };
    this.#orders.quoter.want(
      inst,
      { ...prices, bidQty: size, askQty: size, postOnly: this.choices.gridPostOnly },
      {
        inPlace: true,
        keeps: part === "left" && !this.choices.stepsRefill,
      },
    );
  }
}
