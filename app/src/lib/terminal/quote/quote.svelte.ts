/** The two-sided quote in the active instrument. Steps amend both sides of a live quote in one request. */

import type { Instrument, OpenOrder, Side } from "#protocol";
import { formatQty, formatTicks } from "#lib/format.ts";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { priceProblem, qtyProblem } from "#lib/terminal/orders/check.ts";
import type { Orders } from "#lib/terminal/orders/orders.svelte.ts";
import type { TwoSidedQuote } from "#lib/terminal/orders/quoter.svelte.ts";
import { anchorOf, insideOf, openingTicks } from "#lib/trading/book.ts";
import { gridOf, tickRange, type TickRange } from "#lib/trading/grid.ts";
import { moveQuote, quoteAround, suggestQuote, wantedOf, within } from "./steps.ts";
import type { QuoteMove, QuoteTicks } from "./steps.ts";
import { words } from "./words.ts";

export class QuoteState {
  readonly #room: RoomClient;
  readonly #desk: Desk;
  readonly #orders: Orders;
  bid = $state<number | null>(null);
  ask = $state<number | null>(null);
  bidQty = $state<number | null>(null);
  askQty = $state<number | null>(null);

  /** The user has changed it since it was last sent or reset. */
  touched = $state(false);
  /** The instrument of the draft. */
  #about: number | null = null;
  /** The prices that were asked for by step, mid or width, in ticks: the fields show them within the bounds. */
  #wanted: QuoteTicks | null = null;

  readonly grid = $derived(gridOf(this.instrument?.tick_size ?? 1));
  /** Resting sides of the quote. */
  readonly live = $derived.by(() => {
    const { instrument } = this;
    return instrument === undefined ? [] : this.#orders.quoter.live(instrument.id);
  });
  /** The resting part in words, if it is not the whole quote. `less`: it is less than the fields would send. */
  readonly left = $derived.by(() => {
    const { bid, ask, bidQty, askQty } = this;
    if (this.live.length === 0) return null;
    const rests = { buy: this.#restsOn("buy"), sell: this.#restsOn("sell") };
    const [wantsBid, wantsAsk] = [bid !== null && bidQty !== 0, ask !== null && askQty !== 0];
    const isLess =
      (wantsBid && (rests.buy?.leaves ?? 0) < (bidQty ?? 0)) ||
      (wantsAsk && (rests.sell?.leaves ?? 0) < (askQty ?? 0));
    const say = (order: OpenOrder | null) =>
      order === null || order.price === null
        ? null
        : words.quote.level(
            formatQty(order.leaves),
            formatTicks(this.grid.ticks(order.price), this.grid),
          );
    if (!isLess && this.live.length === 1) {
      const [only] = this.live;
      return { less: false, text: words.quote.only(only?.side ?? "buy", say(only ?? null) ?? "") };
    }
    if (!isLess) return null;
    const text = words.quote.left(
      wantsBid || rests.buy !== null ? { level: say(rests.buy) } : null,
      wantsAsk || rests.sell !== null ? { level: say(rests.sell) } : null,
    );
    return { less: true, text };
  });
  /** The sides of the last quote that were refused, in words; null if there is none. */
  readonly refusal = $derived.by(() => {
    if (this.instrument === undefined) return null;
    const refused = this.#orders.quoter.refusedSides(this.instrument.id);
    const sides = (["bid", "ask"] as const).filter((name) => refused[name] !== undefined);
    return sides.length === 0 ? null : words.quote.refused(sides);
  });
  readonly mid = $derived(
    this.bid === null || this.ask === null
      ? null
      : (this.grid.ticks(this.bid) + this.grid.ticks(this.ask)) / 2,
  );
  readonly width = $derived(
    this.bid === null || this.ask === null
      ? null
      : this.grid.ticks(this.ask) - this.grid.ticks(this.bid),
  );

  readonly errors = $derived.by(() => {
    const { instrument, bid, ask, bidQty, askQty } = this;
    if (instrument === undefined)
      return { bid: null, ask: null, bidQty: null, askQty: null, quote: words.quote.none };
    const { limits } = this.#room;
    const noBid = bid === null || bidQty === 0;
    const noAsk = ask === null || askQty === 0;
    return {
      bid: noBid ? null : priceProblem(bid, instrument),
      ask: noAsk ? null : priceProblem(ask, instrument),
      bidQty: noBid ? null : qtyProblem(bidQty, instrument, limits),
      askQty: noAsk ? null : qtyProblem(askQty, instrument, limits),
      quote:
        noBid && noAsk
          ? words.quote.sides
          : !noBid && !noAsk && bid >= ask
            ? words.quote.crossed
            : null,
    };
  });
  readonly sound = $derived(Object.values(this.errors).every((error) => error === null));

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#room = desk.room;
    this.#orders = desk.orders;
  }

  get instrument(): Instrument | undefined {
    return this.#desk.instrument;
  }

  get #bounds(): TickRange {
    return this.instrument === undefined ? { min: 0, max: 0 } : tickRange(this.instrument);
  }

  #restsOn(side: Side): OpenOrder | null {
    return this.live.find((order) => order.side === side) ?? null;
  }

  /**
   * Resets the form for another active instrument, or if it is untouched. To be run when it comes into sight or the
   * instrument changes.
   */
  attend(): void {
    if (this.#about !== this.#desk.active || !this.touched) this.reset();
  }

  enter(change: Partial<TwoSidedQuote>): void {
    this.touched = true;
    Object.assign(this, change);
  }

  /** Starts from the live quote, else from the book. */
  reset(): void {
    const { instrument, grid, live } = this;
    this.#about = this.#desk.active;
    this.touched = false;
    this.#wanted = null;
    if (instrument === undefined) return;
    const asked = this.#askedOf(instrument.id);
    if (asked !== null) {
      const { bid, bidQty, ask, askQty } = asked;
      Object.assign(this, { bid, bidQty, ask, askQty });
      return;
    }
    const size = this.#desk.sizes.sizeOf(instrument.id);
    const bid = this.#restsOn("buy");
    const ask = this.#restsOn("sell");
    this.bidQty = bid?.leaves ?? size;
    this.askQty = ask?.leaves ?? size;
    if (live.length > 0) {
      this.bid = bid?.price ?? null;
      this.ask = ask?.price ?? null;
      return;
    }
    const inside = insideOf(this.#room.market(instrument.id), grid);
    const start = anchorOf(inside) ?? openingTicks(instrument);
    this.#take(suggestQuote(inside, start, this.#bounds));
  }

  /** The quote that was sent last, if the resting part is left of it. */
  #askedOf(inst: number): TwoSidedQuote | null {
    const asked = this.#orders.quoter.asked(inst);
    if (asked === null || this.live.length === 0) return null;
    const isOf = ({ side, price }: OpenOrder) => price === (side === "buy" ? asked.bid : asked.ask);
    return this.live.every(isOf) ? asked : null;
  }

  #take(wanted: QuoteTicks | null): void {
    this.#wanted = wanted;
    const prices = wanted === null ? null : within(wanted, this.#bounds);
    this.bid = prices === null ? null : this.grid.price(prices.bid);
    this.ask = prices === null ? null : this.grid.price(prices.ask);
  }

  /** The quote in the fields, from which the next step starts. */
  get #now(): QuoteTicks | null {
    if (this.bid === null || this.ask === null) return null;
    const shown = { bid: this.grid.ticks(this.bid), ask: this.grid.ticks(this.ask) };
    return wantedOf(shown, this.#wanted, this.#bounds);
  }

  setMid(price: number | null): void {
    if (price === null) return;
    const now = this.#now;
    this.touched = true;
    this.#take(quoteAround(price / this.grid.tick, now === null ? 2 : now.ask - now.bid));
  }

  setWidth(ticks: number | null): void {
    const now = this.#now;
    if (ticks === null || ticks < 1 || now === null) return;
    this.touched = true;
    this.#take(quoteAround((now.bid + now.ask) / 2, ticks));
  }

  move(step: QuoteMove): void {
    if (this.bid === null || this.ask === null) this.reset();
    const now = this.#now;
    if (now === null || now.bid >= now.ask) return;
    this.touched = true;
    this.#take(moveQuote(now, step, this.#bounds));
    if (this.instrument && this.#orders.quoter.isOut(this.instrument.id))
      this.#send(!this.#desk.preferences.stepsRefill);
  }

  send(): void {
    this.#send(false);
  }

  /** @param keeps moves what is left of a live quote, and does not refill it */
  #send(keeps: boolean): void {
    const { instrument, bid, ask, bidQty, askQty } = this;
    if (instrument === undefined) return;
    const block = this.#orders.blockOf(instrument.id);
    const problem = block ?? Object.values(this.errors).find((error) => error !== null);
    this.touched = true;
    if (problem !== null && problem !== undefined) {
      this.#room.notices.add({ type: "refused", message: problem, inst: instrument.id });
      return;
    }
    this.#orders.quoter.want(
      instrument.id,
      { bid, ask, bidQty, askQty, postOnly: this.#desk.preferences.quotePostOnly },
      {
        keeps,
        // A quote that the exchange has accepted is no draft any more.
        taken: () => (this.touched = false),
      },
    );
  }

  pull(): void {
    if (this.instrument) this.#orders.quoter.pull(this.instrument.id);
  }
}
