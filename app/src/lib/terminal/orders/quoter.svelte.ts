/**
 * Sends two-sided quotes: at most one request for each instrument at a time, and no faster than the user's rate of
 * orders allows. Of the quotes wanted meanwhile the latest is sent next. Knows no form and no grid.
 */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { TokenBucket, type Message, type OpenOrder } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";

/** A quote in prices. A side without price or quantity is not quoted. */
export interface TwoSidedQuote {
  readonly bid: number | null;
  readonly bidQty: number | null;
  readonly ask: number | null;
  readonly askQty: number | null;
}

export type QuoteStatus =
  | { readonly kind: "none" | "sent" }
  /** Prices of the resting sides; null: the side does not rest. */
  | { readonly kind: "working"; readonly bid: number | null; readonly ask: number | null }
  | { readonly kind: "refused"; readonly reason: string };

interface QuoteSender {
  quote(inst: number, quote: TwoSidedQuote): Promise<Message>;
  cancel(orders: readonly OpenOrder[]): void;
}

export interface QuoteOptions {
  /** Whether a refusal is kept for the form to show, instead of as a notice. */
  readonly inPlace?: boolean;
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
    if (this.#underWay.has(inst)) return { kind: "sent" };
    const reason = this.#refused.get(inst);
    if (reason !== undefined) return { kind: "refused", reason };
    const live = this.live(inst);
    if (live.length === 0) return { kind: "none" };
    const price = (side: OpenOrder["side"]) => live.find((o) => o.side === side)?.price ?? null;
    return { kind: "working", bid: price("buy"), ask: price("sell") };
  }

  /** Whether there is a quote to amend: it rests, or is being sent. */
  isOut(inst: number): boolean {
    return this.#underWay.has(inst) || this.live(inst).length > 0;
  }

  /** The quote that waits to be sent. */
  waiting(inst: number): TwoSidedQuote | null {
    return this.#wanted.get(inst)?.quote ?? null;
  }

  asked(inst: number): TwoSidedQuote | null {
    return this.#asked.get(inst) ?? null;
  }

  /** Sends the quote as soon as it may; a later quote takes its place until then. */
  want(inst: number, quote: TwoSidedQuote, options: QuoteOptions = {}): void {
    this.#wanted.set(inst, { quote, ...options });
    this.#sendReady();
  }

  /** Cancels the quote, also one that is still being sent. */
  pull(inst: number): void {
    this.#refused.delete(inst);
    this.#wanted.set(inst, { quote: null });
    this.#sendReady();
  }

  /** Keeps the reason why a quote was not sent, for the form to show. */
  refuse(inst: number, reason: string): void {
    this.#refused.set(inst, reason);
  }

  /** Drops the refusal, when its quote has been changed. */
  clearRefusal(inst: number): void {
    this.#refused.delete(inst);
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
      } else if (this.#mayOrder()) {
        this.#wanted.delete(inst);
        void this.#send(inst, wanted.quote, wanted);
      } else {
        this.#timer = setTimeout(() => this.#sendReady(), 1_000 / this.#rate);
      }
    }
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
    this.#refused.delete(inst);
    this.#asked.set(inst, quote);
    const reply = await this.#sender.quote(inst, quote);
    this.#underWay.delete(inst);
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
