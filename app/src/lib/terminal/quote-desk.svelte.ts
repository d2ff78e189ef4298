/** The two-sided quote in the active instrument. While one is live, every step amends both of its sides at once. */

import type { RoomView } from "#lib/state/room-view.ts";
import { anchorOf, boundsOf, type Bounds } from "./window.ts";
import type { Layout } from "./layout.svelte.ts";
import { moveQuote, quoteAround, suggestQuote, type QuoteMove } from "./quote.ts";
import { gridOf } from "./ticks.ts";
import { priceProblem, qtyProblem } from "./ticket.ts";
import type { Trading } from "./trading.svelte.ts";
import { words } from "./words.ts";

export class QuoteDesk {
  readonly #room: RoomView;
  readonly #layout: Layout;
  readonly #trading: Trading;
  bid = $state<number | null>(null);
  ask = $state<number | null>(null);
  bidQty = $state<number | null>(null);
  askQty = $state<number | null>(null);

  readonly instrument = $derived.by(() => {
    const inst = this.#layout.active;
    return inst === null ? undefined : this.#room.instrument(inst);
  });
  readonly grid = $derived(gridOf(this.instrument?.tick_size ?? 1));
  /** The sides of the quote that rest in the book now. */
  readonly live = $derived.by(() => {
    const { instrument } = this;
    return instrument === undefined
      ? []
      : this.#room.ordersIn(instrument.id).filter((order) => order.quote);
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

  constructor(room: RoomView, layout: Layout, trading: Trading) {
    this.#room = room;
    this.#layout = layout;
    this.#trading = trading;
  }

  get #bounds(): Bounds {
    return this.instrument === undefined ? { min: 0, max: 0 } : boundsOf(this.instrument);
  }

  /** Starts from the live quote, else from what the book suggests. */
  reset(): void {
    const { instrument, grid, live } = this;
    if (instrument === undefined) return;
    const size = this.#layout.sizeOf(instrument.id);
    const bid = live.find((o) => o.side === "buy");
    const ask = live.find((o) => o.side === "sell");
    this.bidQty = bid?.leaves ?? size;
    this.askQty = ask?.leaves ?? size;
    if (bid !== undefined || ask !== undefined) {
      this.bid = bid?.price ?? null;
      this.ask = ask?.price ?? null;
      return;
    }
    const market = this.#room.market(instrument.id);
    const ticks = (price: number | null | undefined) =>
      price === null || price === undefined ? null : grid.ticks(price);
    const inside = {
      bid: ticks(market.bids[0]?.[0]),
      ask: ticks(market.asks[0]?.[0]),
      last: ticks(market.last),
    };
    this.#take(suggestQuote(inside, anchorOf(inside), this.#bounds));
  }

  #take(prices: { bid: number; ask: number } | null): void {
    this.bid = prices === null ? null : this.grid.price(prices.bid);
    this.ask = prices === null ? null : this.grid.price(prices.ask);
  }

  setMid(price: number | null): void {
    if (price === null) return;
    this.#take(quoteAround(price / this.grid.tick, this.width ?? 2, this.#bounds));
  }

  setWidth(ticks: number | null): void {
    if (ticks === null || ticks < 1 || this.mid === null) return;
    this.#take(quoteAround(this.mid, ticks, this.#bounds));
  }

  move(step: QuoteMove): void {
    if (this.bid === null || this.ask === null) this.reset();
    if (this.bid === null || this.ask === null) return;
    const now = { bid: this.grid.ticks(this.bid), ask: this.grid.ticks(this.ask) };
    if (now.bid >= now.ask) return;
    this.#take(moveQuote(now, step, this.#bounds));
    if (this.live.length > 0) this.send();
  }

  send(): void {
    const { instrument, bid, ask, bidQty, askQty } = this;
    if (instrument === undefined) return;
    const block = this.#trading.blockOf(instrument.id);
    const problem = block ?? Object.values(this.errors).find((error) => error !== null);
    if (problem !== null && problem !== undefined) {
      this.#room.notify({ kind: "error", text: problem, inst: instrument.id });
      return;
    }
    void this.#room.send({
      op: "quote",
      inst: instrument.id,
      ...(bid !== null && bidQty !== null && bidQty > 0 ? { bid, bid_qty: bidQty } : {}),
      ...(ask !== null && askQty !== null && askQty > 0 ? { ask, ask_qty: askQty } : {}),
    });
  }

  pull(): void {
    this.#trading.cancel(this.live);
  }
}
