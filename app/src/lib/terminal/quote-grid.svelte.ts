/**
 * Quotes in many instruments at once: a draft a row, common settings above, and what became of each row. Every row
 * is an atomic request of its own, at most one of them under way; what is wanted meanwhile goes out when it is
 * answered, and no faster than one's rate of orders allows. Knows no elements.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Message, OpenOrder } from "#protocol";
import { TokenBucket } from "#game/token-bucket.ts";
import { tidy } from "#lib/format.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import { outside } from "./outside.ts";
import { moveQuote, quoteAround, type QuoteMove, type QuotePrices } from "./quote.ts";
import { qtyProblem } from "./ticket.ts";
import { gridOf } from "./ticks.ts";
import type { Trading } from "./trading.svelte.ts";
import { boundsOf } from "./window.ts";
import { words } from "./words.ts";

export type MidSource = "book" | "last" | "typed";

/** What a row has of its own; null: as the common settings say. */
interface Own {
  /** In price, may lie between two ticks. */
  readonly mid: number | null;
  /** In ticks. */
  readonly width: number | null;
  readonly size: number | null;
}

export type RowState =
  | { readonly kind: "none" | "sent" }
  /** Prices of the sides that rest; null: that side is gone. */
  | { readonly kind: "working"; readonly bid: number | null; readonly ask: number | null }
  | { readonly kind: "refused"; readonly reason: string };

const nothing: Own = { mid: null, width: null, size: null };
const FIRST_WIDTH_TICKS = 4;
/** Parts of the rate and of its burst that the grid uses: the rest is for clicks, and for a network that bunches. */
const OF_RATE = 0.9;
const BURST = 0.9;

export class QuoteGrid {
  readonly #room: RoomView;
  readonly #trading: Trading;
  source = $state<MidSource>("book");
  /** In ticks. */
  width = $state<number | null>(FIRST_WIDTH_TICKS);
  size = $state<number | null>(null);
  /** Ticks that every quote stands above its middle (below: negative). */
  skew = $state<number | null>(0);
  readonly ticked = new SvelteSet<number>();
  readonly #own = new SvelteMap<number, Own>();
  readonly #underWay = new SvelteSet<number>();
  readonly #refused = new SvelteMap<number, string>();
  /** What each row is to become, as soon as it may be sent. */
  readonly #wanted = new Map<number, QuotePrices | "pulled">();
  /** What was asked for last, by row. */
  readonly #asked = new Map<number, QuotePrices>();
  #bucket: { rate: number; tokens: TokenBucket } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: RoomView, trading: Trading, size: number) {
    this.#room = room;
    this.#trading = trading;
    this.size = size;
  }

  tick(insts: readonly number[], on: boolean): void {
    for (const inst of insts)
      if (on) this.ticked.add(inst);
      else this.ticked.delete(inst);
  }

  /** The row's own middle, or the one that the common source gives it. */
  mid(inst: number): number | null {
    return this.ownOf(inst).mid ?? this.#sourceMid(inst, this.source);
  }

  widthOf(inst: number): number | null {
    return this.ownOf(inst).width ?? this.width;
  }

  sizeOf(inst: number): number | null {
    return this.ownOf(inst).size ?? this.size;
  }

  ownOf(inst: number): Own {
    return this.#own.get(inst) ?? nothing;
  }

  /** Changes what the row has of its own; null gives a field back to the common settings. */
  set(inst: number, change: Partial<Own>): void {
    this.#own.set(inst, { ...this.ownOf(inst), ...change });
    this.#refused.delete(inst);
  }

  /** Ticked rows that do not follow the common source. */
  readonly pinned = $derived.by(
    () => [...this.ticked].filter((inst) => this.ownOf(inst).mid !== null).length,
  );

  /** A common setting holds for all ticked rows, whatever they had of their own. */
  setWidth(width: number | null): void {
    this.width = width;
    for (const inst of this.ticked) this.set(inst, { width: null });
  }

  setSize(size: number | null): void {
    this.size = size;
    for (const inst of this.ticked) this.set(inst, { size: null });
  }

  /** Typed: the ticked rows keep the middles that they show, to be changed by hand. */
  setSource(source: MidSource): void {
    const before = this.source;
    this.source = source;
    for (const inst of this.ticked)
      this.set(inst, { mid: source === "typed" ? this.#sourceMid(inst, before) : null });
  }

  /** The ticked rows take their middles from the common source again. */
  follow(): void {
    for (const inst of this.ticked) this.set(inst, { mid: null });
  }

  /** From what others show: one's own quote must not pull its own middle along. */
  #sourceMid(inst: number, source: MidSource): number | null {
    const instrument = this.#room.instrument(inst);
    if (source === "typed" || instrument === undefined) return null;
    const { bids, asks, last } = this.#room.market(inst);
    if (source === "last") return last;
    const grid = gridOf(instrument.tick_size);
    const mine = this.#room.ordersIn(inst);
    const of = (side: "buy" | "sell") => mine.filter((order) => order.side === side);
    const bid = outside(grid, bids, of("buy"))[0]?.[0];
    const ask = outside(grid, asks, of("sell"))[0]?.[0];
    return bid === undefined || ask === undefined ? null : tidy((bid + ask) / 2);
  }

  /** The prices in ticks that the row would send; null where something is missing. */
  prices(inst: number): QuotePrices | null {
    const instrument = this.#room.instrument(inst);
    const mid = this.mid(inst);
    const width = this.widthOf(inst);
    if (instrument === undefined || mid === null || width === null || width < 1) return null;
    return quoteAround(mid / instrument.tick_size + (this.skew ?? 0), width, boundsOf(instrument));
  }

  /** Why the row cannot be sent, in words. */
  problem(inst: number): string | null {
    const instrument = this.#room.instrument(inst);
    if (instrument === undefined) return null;
    const block = this.#trading.blockOf(inst);
    if (block !== null) return block;
    if (this.mid(inst) === null) return words.grid.noMid[this.source];
    const width = this.widthOf(inst);
    if (width === null || width < 1 || !Number.isInteger(width)) return words.grid.noWidth;
    return qtyProblem(this.sizeOf(inst), instrument, this.#room.limits);
  }

  live(inst: number): OpenOrder[] {
    return this.#room.ordersIn(inst).filter((order) => order.quote);
  }

  state(inst: number): RowState {
    if (this.#underWay.has(inst)) return { kind: "sent" };
    const reason = this.#refused.get(inst);
    if (reason !== undefined) return { kind: "refused", reason };
    const live = this.live(inst);
    if (live.length === 0) return { kind: "none" };
    const price = (side: "buy" | "sell") => live.find((o) => o.side === side)?.price ?? null;
    return { kind: "working", bid: price("buy"), ask: price("sell") };
  }

  /** Every ticked row. */
  send(): void {
    for (const inst of this.ticked) {
      const problem = this.problem(inst);
      const prices = this.prices(inst);
      if (problem !== null) this.#refused.set(inst, problem);
      else if (prices !== null) this.#want(inst, prices);
    }
  }

  /** Takes back the quotes of these rows, ticked or not. */
  pull(insts: readonly number[]): void {
    for (const inst of insts) {
      this.#refused.delete(inst);
      this.#want(inst, "pulled");
    }
  }

  /** One step of every ticked row; what is live follows at once. */
  move(step: QuoteMove): void {
    for (const inst of this.ticked) {
      const instrument = this.#room.instrument(inst);
      const now = this.#current(inst);
      if (instrument === undefined || now === null) continue;
      const next = moveQuote(now, step, boundsOf(instrument));
      const mid = (next.bid + next.ask) / 2 - (this.skew ?? 0);
      this.set(inst, { mid: tidy(mid * instrument.tick_size), width: next.ask - next.bid });
      const isOut = this.#underWay.has(inst) || this.live(inst).length > 0;
      const problem = this.problem(inst);
      if (isOut && problem !== null) this.#refused.set(inst, problem);
      else if (isOut) this.#want(inst, next);
    }
  }

  /** What a step starts from: what is on its way, else what rests, else the draft. */
  #current(inst: number): QuotePrices | null {
    const wanted = this.#wanted.get(inst);
    if (wanted !== undefined && wanted !== "pulled") return wanted;
    const instrument = this.#room.instrument(inst);
    const state = this.state(inst);
    if (instrument === undefined) return null;
    const asked = this.#asked.get(inst) ?? null;
    if (state.kind === "sent") return asked;
    if (state.kind !== "working") return this.prices(inst);
    const grid = gridOf(instrument.tick_size);
    const { bid, ask } = state;
    return bid === null || ask === null
      ? (asked ?? this.prices(inst))
      : { bid: grid.ticks(bid), ask: grid.ticks(ask) };
  }

  #want(inst: number, what: QuotePrices | "pulled"): void {
    this.#wanted.set(inst, what);
    this.#pump();
  }

  /** Sends what may be sent now. */
  #pump(): void {
    clearTimeout(this.#timer);
    for (const [inst, what] of [...this.#wanted]) {
      if (this.#underWay.has(inst)) continue;
      if (what === "pulled") {
        this.#wanted.delete(inst);
        this.#asked.delete(inst);
        this.#trading.cancel(this.live(inst));
      } else if (this.#mayOrder()) {
        this.#wanted.delete(inst);
        void this.#quote(inst, what);
      } else {
        this.#timer = setTimeout(() => this.#pump(), 1_000 / this.#rate);
      }
    }
  }

  get #rate(): number {
    return Math.max(1 / BURST, (this.#room.limits?.orders_per_sec ?? 1) * OF_RATE);
  }

  #mayOrder(): boolean {
    const rate = this.#rate;
    if (this.#bucket?.rate !== rate)
      this.#bucket = { rate, tokens: new TokenBucket(rate, rate * BURST, performance.now()) };
    return this.#bucket.tokens.take(performance.now());
  }

  async #quote(inst: number, prices: QuotePrices): Promise<void> {
    const instrument = this.#room.instrument(inst);
    const size = this.sizeOf(inst);
    if (instrument === undefined || size === null) return;
    const grid = gridOf(instrument.tick_size);
    this.#underWay.add(inst);
    this.#refused.delete(inst);
    this.#asked.set(inst, prices);
    const reply = await this.#room.send({
      op: "quote",
      inst,
      bid: grid.price(prices.bid),
      bid_qty: size,
      ask: grid.price(prices.ask),
      ask_qty: size,
    });
    this.#underWay.delete(inst);
    if (reply.type === "error") this.#refuse(inst, reply);
    this.#pump();
  }

  /** The row says it: thirty notices beside it would hide each other. */
  #refuse(inst: number, { message }: Message<"error">): void {
    this.#refused.set(inst, message);
    for (const notice of this.#room.notices)
      if (notice.kind === "error" && notice.inst === inst && notice.text === message)
        this.#room.dismiss(notice.id);
  }
}
