/**
 * Sends two-sided quotes: at most one request for each instrument at a time, and no faster than the user's rate of
 * orders allows. Of the quotes wanted meanwhile the latest is sent next. Knows no form and no grid.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { TokenBucket, type Message, type OpenOrder, type Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { GuardedOrder } from "./guard.ts";
import type { PressGuard } from "./press-guard.svelte.ts";

/** A quote in prices. A side without price or quantity is not quoted. */
export interface TwoSidedQuote {
  readonly bid: number | null;
  readonly bidQty: number | null;
  readonly ask: number | null;
  readonly askQty: number | null;
  /** A side that would trade is refused by itself, and the other stands. */
  readonly postOnly?: boolean;
}

export type QuoteStatus =
  | { readonly kind: "none" | "sent" }
  /** Prices of the resting sides; null: the side does not rest. */
  | { readonly kind: "working"; readonly bid: number | null; readonly ask: number | null }
  | { readonly kind: "refused"; readonly reason: string };

/** Sides that a post-only quote was refused by itself, by their code. */
export type RefusedSides = NonNullable<Message<"quote_ack">["refused"]>;

interface QuoteSender {
  quote(inst: number, quote: TwoSidedQuote): Promise<Message>;
  cancel(orders: readonly OpenOrder[]): void;
  readonly guard: Pick<PressGuard, "lets" | "questionFor">;
}

export interface QuoteOptions {
  /** Whether a refusal is kept for the form to show, instead of as a notice. */
  readonly inPlace?: boolean;
  /** Moves what is left of the quote when it is sent: what was taken of it is not refilled. */
  readonly keeps?: boolean;
  /** Called once the exchange has accepted the quote. */
  readonly taken?: () => void;
}

interface WantedQuote extends QuoteOptions {
  /** null: the quote is to be cancelled. */
  readonly quote: TwoSidedQuote | null;
}

/**
 * Shares of the rate and of its burst that quotes use. The rest is for clicks, and for a network that delivers requests
 * in bunches.
 */
const OF_RATE = 0.9;
const BURST = 0.9;

export class Quoter {
  readonly #room: RoomClient;
  readonly #sender: QuoteSender;
  readonly #underWay = new SvelteSet<number>();
  readonly #refused = new SvelteMap<number, string>();
  /** The last wanted quote of each instrument, as the guard knows it. */
  readonly #questioned = new SvelteMap<number, string>();
  readonly #refusedSides = new SvelteMap<number, RefusedSides>();
  /** The next quote of each instrument, to be sent as soon as it may. */
  readonly #wanted = new Map<number, WantedQuote>();
  /** The last sent quote of each instrument. */
  readonly #asked = new Map<number, TwoSidedQuote>();
  #bucket: { rate: number; tokens: TokenBucket } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(room: RoomClient, sender: QuoteSender) {
    this.#room = room;
    this.#sender = sender;
  }

  /** Resting orders of the quote in an instrument. */
  live(inst: number): OpenOrder[] {
    return this.#room.ordersIn(inst).filter((order) => order.quote);
  }

  state(inst: number): QuoteStatus {
    const question = this.question(inst);
    if (question !== null) return { kind: "refused", reason: question };
    if (this.#underWay.has(inst)) return { kind: "sent" };
    const reason = this.#refused.get(inst);
    if (reason !== undefined) return { kind: "refused", reason };
    const live = this.live(inst);
    if (live.length === 0) return { kind: "none" };
    const price = (side: OpenOrder["side"]) => live.find((o) => o.side === side)?.price ?? null;
    return { kind: "working", bid: price("buy"), ask: price("sell") };
  }

  /** The question about the quote that waits for a second press; else null. */
  question(inst: number): string | null {
    const key = this.#questioned.get(inst);
    return key === undefined ? null : this.#sender.guard.questionFor(key);
  }

  /** The sides of a quote as orders. A size that the live quote has already is not asked about again. */
  #ordersOf(inst: number, { bid, bidQty, ask, askQty }: TwoSidedQuote): GuardedOrder[] {
    const before = this.#asked.get(inst);
    const side = (side: Side, price: number | null, qty: number | null, was = 0) =>
      price === null || qty === null || qty <= 0
        ? []
        : [{ inst, side, price, qty, isSizeGiven: qty <= was }];
    return [
      ...side("buy", bid, bidQty, before?.bidQty ?? 0),
      ...side("sell", ask, askQty, before?.askQty ?? 0),
    ];
  }

  /** Sides of the last quote that were refused, while the other stood. */
  refusedSides(inst: number): RefusedSides {
    return this.#refusedSides.get(inst) ?? {};
  }

  /** Whether there is a quote to amend: it rests, or is being sent, and is not about to be pulled. */
  isOut(inst: number): boolean {
    if (this.#wanted.get(inst)?.quote === null) return false;
    return this.#underWay.has(inst) || this.live(inst).length > 0;
  }

  /** Instruments in which a quote rests or is on its way. */
  get out(): readonly number[] {
    const resting = this.#room.orders.filter((order) => order.quote).map(({ inst }) => inst);
    return [...new Set([...resting, ...this.#underWay, ...this.#wanted.keys()])];
  }

  /** Whether any quote is on its way. */
  get isSending(): boolean {
    return this.#underWay.size > 0;
  }

  /** The quote that waits to be sent. */
  waiting(inst: number): TwoSidedQuote | null {
    return this.#wanted.get(inst)?.quote ?? null;
  }

  asked(inst: number): TwoSidedQuote | null {
    return this.#asked.get(inst) ?? null;
  }

  /**
   * Sends the quote as soon as it may; a later quote takes its place until then. An unusual one waits for a second
   * press.
   */
  want(inst: number, quote: TwoSidedQuote, options: QuoteOptions = {}): void {
    const key = `quote ${inst} ${JSON.stringify(quote)}`;
    this.#questioned.set(inst, key);
    if (!this.#sender.guard.lets(key, this.#ordersOf(inst, quote))) return;
    const before = this.#wanted.get(inst);
    // A whole quote that waits stays one: the move that takes its place has its size.
    const keeps = options.keeps === true && (before === undefined || before.keeps === true);
    this.#wanted.set(inst, { quote, ...options, keeps });
    this.#sendReady();
  }

  /** Cancels the quote, also one that is still being sent. */
  pull(inst: number): void {
    this.#dropRefusals(inst);
    this.#wanted.set(inst, { quote: null });
    this.#sendReady();
  }

  /** Cancels the quotes in all instruments, also those that wait or are being sent; other orders stay. */
  pullAll(): void {
    for (const inst of this.out) this.pull(inst);
    this.#refused.clear();
    this.#refusedSides.clear();
  }

  /** Keeps the reason why a quote was not sent, for the form to show. */
  refuse(inst: number, reason: string): void {
    this.#refused.set(inst, reason);
  }

  /** Drops the refusal, when its quote has been changed. */
  clearRefusal(inst: number): void {
    this.#refused.delete(inst);
  }

  /** Drops what is known of the last quote's refusals: another follows, or none. */
  #dropRefusals(inst: number): void {
    this.#refused.delete(inst);
    this.#refusedSides.delete(inst);
  }

  /** Sends the quotes that may go now. */
  #sendReady(): void {
    clearTimeout(this.#timer);
    for (const [inst, wanted] of [...this.#wanted]) {
      if (this.#underWay.has(inst)) continue;
      if (wanted.quote === null) {
        this.#wanted.delete(inst);
        this.#asked.delete(inst);
        this.#sender.cancel(this.live(inst));
        continue;
      }
      const quote = wanted.keeps ? this.#leftOf(inst, wanted.quote) : wanted.quote;
      if (quote === null) {
        this.#wanted.delete(inst);
      } else if (this.#mayOrder()) {
        this.#wanted.delete(inst);
        // The whole quote stays the one that was asked for, so that a form can refill it.
        this.#asked.set(inst, wanted.quote);
        void this.#send(inst, quote, wanted);
      } else {
        this.#timer = setTimeout(() => this.#sendReady(), 1_000 / this.#rate);
      }
    }
  }

  /** The quote with what is left of its sides, and with those that were refused; null: nothing is left to move. */
  #leftOf(inst: number, quote: TwoSidedQuote): TwoSidedQuote | null {
    const live = this.live(inst);
    if (live.length === 0) return null;
    const { bid, ask } = this.refusedSides(inst);
    const leaves = (side: Side) => live.find((order) => order.side === side)?.leaves ?? null;
    return {
      ...quote,
      bidQty: leaves("buy") ?? (bid === undefined ? null : quote.bidQty),
      askQty: leaves("sell") ?? (ask === undefined ? null : quote.askQty),
    };
  }

  get #rate(): number {
    return Math.max(1 / BURST, (this.#room.limits?.orders_per_sec ?? 1) * OF_RATE);
  }

  #mayOrder(): boolean {
    const rate = this.#rate;
    if (this.#bucket?.rate !== rate) {
      const tokens = new TokenBucket({ perSec: rate, burst: rate * BURST }, performance.now());
      this.#bucket = { rate, tokens };
    }
    return this.#bucket.tokens.take(performance.now());
  }

  async #send(inst: number, quote: TwoSidedQuote, { inPlace, taken }: QuoteOptions): Promise<void> {
    this.#underWay.add(inst);
    this.#dropRefusals(inst);
    const reply = await this.#sender.quote(inst, quote);
    this.#underWay.delete(inst);
    if (reply.type === "quote_ack" && reply.refused !== undefined)
      this.#refusedSides.set(inst, reply.refused);
    if (reply.type !== "error") taken?.();
    else if (inPlace) this.#keepRefusal(inst, reply);
    this.#sendReady();
  }

  /** Keeps a refusal for the form, and removes its notice: thirty notices would hide each other. */
  #keepRefusal(inst: number, { message }: Message<"error">): void {
    this.#refused.set(inst, message);
    for (const { id, event } of this.#room.notices.list)
      if (event.type === "refused" && event.inst === inst && event.message === message)
        this.#room.notices.remove(id);
  }
}
