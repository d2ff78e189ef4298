/**
 * Quotes in many instruments at once. Every row is an atomic request of its own, at most one of them under way; what
 * is wanted meanwhile goes out when it is answered, and no faster than one's rate of orders allows.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Message, OpenOrder, Side } from "#protocol";
import { TokenBucket } from "#game/token-bucket.ts";
import { gridOf, tickRange, tidy } from "#lib/trading/grid.ts";
import { QuoteDrafts, type Own } from "./drafts.svelte.ts";
import { moveQuote, type QuoteMove, type QuotePrices } from "./steps.ts";

export type RowState =
  | { readonly kind: "none" | "sent" }
  /** Prices of the sides that rest; null: that side is gone. */
  | { readonly kind: "working"; readonly bid: number | null; readonly ask: number | null }
  | { readonly kind: "refused"; readonly reason: string };

/** Parts of the rate and of its burst that the grid uses: the rest is for clicks, and for a network that bunches. */
const OF_RATE = 0.9;
const BURST = 0.9;

export class QuoteGrid extends QuoteDrafts {
  readonly #underWay = new SvelteSet<number>();
  readonly #refused = new SvelteMap<number, string>();
  /** What each row is to become, as soon as it may be sent. */
  readonly #wanted = new Map<number, QuotePrices | "pulled">();
  /** What was asked for last, by row. */
  readonly #asked = new Map<number, QuotePrices>();
  #bucket: { rate: number; tokens: TokenBucket } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A row that was changed is no longer the one that was refused. */
  override set(inst: number, change: Partial<Own>): void {
    super.set(inst, change);
    this.#refused.delete(inst);
  }

  live(inst: number): OpenOrder[] {
    return this.room.ordersIn(inst).filter((order) => order.quote);
  }

  state(inst: number): RowState {
    if (this.#underWay.has(inst)) return { kind: "sent" };
    const reason = this.#refused.get(inst);
    if (reason !== undefined) return { kind: "refused", reason };
    const live = this.live(inst);
    if (live.length === 0) return { kind: "none" };
    const price = (side: Side) => live.find((o) => o.side === side)?.price ?? null;
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
      const instrument = this.room.instrument(inst);
      const now = this.#current(inst);
      if (instrument === undefined || now === null) continue;
      const next = moveQuote(now, step, tickRange(instrument));
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
    const instrument = this.room.instrument(inst);
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
        this.trading.cancel(this.live(inst));
      } else if (this.#mayOrder()) {
        this.#wanted.delete(inst);
        void this.#quote(inst, what);
      } else {
        this.#timer = setTimeout(() => this.#pump(), 1_000 / this.#rate);
      }
    }
  }

  get #rate(): number {
    return Math.max(1 / BURST, (this.room.limits?.orders_per_sec ?? 1) * OF_RATE);
  }

  #mayOrder(): boolean {
    const rate = this.#rate;
    if (this.#bucket?.rate !== rate)
      this.#bucket = { rate, tokens: new TokenBucket(rate, rate * BURST, performance.now()) };
    return this.#bucket.tokens.take(performance.now());
  }

  async #quote(inst: number, prices: QuotePrices): Promise<void> {
    const instrument = this.room.instrument(inst);
    const size = this.sizeOf(inst);
    if (instrument === undefined || size === null) return;
    const grid = gridOf(instrument.tick_size);
    this.#underWay.add(inst);
    this.#refused.delete(inst);
    this.#asked.set(inst, prices);
    const reply = await this.room.send({
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
    for (const notice of this.room.notices)
      if (notice.kind === "error" && notice.inst === inst && notice.text === message)
        this.room.dismiss(notice.id);
  }
}
