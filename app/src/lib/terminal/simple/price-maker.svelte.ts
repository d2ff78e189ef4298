/**
 * The state of "Make a price": two prices and the size of the next click, checked and sent as one quote. Knows no
 * element.
 */

import type { Instrument, OpenOrder, Side } from "#protocol";
import { formatPrice, formatQty } from "#lib/format.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { priceProblem, qtyProblem } from "#lib/terminal/orders/check.ts";
import { best, insideOf, openingTicks, outsideBook } from "#lib/trading/book.ts";
import { gridOf, tickRange } from "#lib/trading/grid.ts";
import { firstPrices } from "./first-price.ts";
import { words } from "./words.ts";

export class PriceMaker {
  readonly #desk: Desk;
  readonly inst: number;
  bid = $state<number | null>(null);
  ask = $state<number | null>(null);
  /** A side that would trade is refused instead. */
  postOnly = $state(true);
  /** The user has entered a price since the last quote that was accepted. */
  touched = $state(false);

  readonly instrument: Instrument | undefined = $derived.by(() =>
    this.#desk.room.instrument(this.inst),
  );
  readonly qty = $derived.by(() => this.#desk.sizes.sizeOf(this.inst));
  /** Own resting orders of the quote. */
  readonly live: readonly OpenOrder[] = $derived.by(() => this.#desk.orders.quoter.live(this.inst));
  readonly #others = $derived.by(() => outsideBook(this.#desk.room, this.inst));

  readonly errors = $derived.by(() => {
    const { instrument, bid, ask } = this;
    const text = words.make;
    if (instrument === undefined) return { bid: null, ask: null, quote: text.sides };
    const { limits } = this.#desk.room;
    const isCrossed = bid !== null && ask !== null && bid >= ask;
    return {
      bid: bid === null ? null : (priceProblem(bid, instrument) ?? this.#wouldTrade("buy", bid)),
      ask: ask === null ? null : (priceProblem(ask, instrument) ?? this.#wouldTrade("sell", ask)),
      quote:
        bid === null && ask === null
          ? text.sides
          : isCrossed
            ? text.crossed
            : qtyProblem(this.qty, instrument, limits),
    };
  });
  readonly problem = $derived(this.errors.quote ?? this.errors.bid ?? this.errors.ask);

  /** The effect of the quote in words, or of its part that trades at once. */
  readonly effect = $derived.by(() => {
    const { bid, ask } = this;
    if (!this.postOnly)
      for (const [side, price] of [
        ["buy", bid],
        ["sell", ask],
      ] as const) {
        const reached = price === null ? null : this.#reached(side, price);
        if (reached !== null) return words.make.tradesNow(side, this.#say(reached));
      }
    const [bought, sold] = [this.#sizeOf("buy"), this.#sizeOf("sell")];
    if (bid !== null && ask !== null && bought === sold)
      return words.make.both(bought, this.#say(bid), this.#say(ask));
    if (bid === null && ask === null) return words.make.lead;
    return [
      ...(bid === null ? [] : [words.make.one("buy", bought, this.#say(bid))]),
      ...(ask === null ? [] : [words.make.one("sell", sold, this.#say(ask))]),
    ].join(" ");
  });

  /** Sides of the quote that was sent of which nothing rests any more: they have traded, or were cancelled. */
  readonly gone = $derived.by(() => {
    const { quoter } = this.#desk.orders;
    // Read first: what was asked for is no state, and changes with these.
    const { live } = this;
    const { kind } = quoter.state(this.inst);
    const asked = quoter.asked(this.inst);
    if (asked === null || kind === "sent") return [];
    const refused = quoter.refusedSides(this.inst);
    const rests = (side: Side) => live.some((order) => order.side === side);
    return [
      ...(asked.bid === null || refused.bid !== undefined || rests("buy")
        ? []
        : [{ side: "buy" as const, price: asked.bid }]),
      ...(asked.ask === null || refused.ask !== undefined || rests("sell")
        ? []
        : [{ side: "sell" as const, price: asked.ask }]),
    ];
  });

  /** The state of the quote that was sent, in words; null while there is none. */
  readonly status = $derived.by(() => {
    const state = this.#desk.orders.quoter.state(this.inst);
    if (state.kind === "refused") return { tone: "danger", text: state.reason } as const;
    if (state.kind === "sent") return { tone: "dim", text: words.make.sending } as const;
    const [gone, other] = this.gone;
    if (gone !== undefined)
      return {
        tone: "caution",
        text:
          other === undefined
            ? words.make.gone(gone.side, this.#say(gone.price))
            : words.make.goneBoth,
      } as const;
    if (this.live.length === 0) return null;
    const isLess = this.live.some(({ leaves }) => leaves < this.qty);
    const text = isLess ? words.make.left(formatQty(this.qty)) : words.make.live;
    return { tone: isLess ? "caution" : "dim", text } as const;
  });

  constructor(desk: Desk, inst: number) {
    this.#desk = desk;
    this.inst = inst;
  }

  /** The size of a side: that of the order that rests there, until something else is entered. */
  #sizeOf(side: Side): string {
    const rests = this.touched ? undefined : this.live.find((order) => order.side === side);
    return formatQty(rests?.leaves ?? this.qty);
  }

  #say(price: number): string {
    return formatPrice(price, this.instrument?.tick_size ?? 1);
  }

  /** The other's price with which an own price would trade at once. */
  #reached(side: Side, price: number): number | null {
    const other = best(side === "buy" ? this.#others.asks : this.#others.bids);
    if (other === null) return null;
    return (side === "buy" ? price >= other : price <= other) ? other : null;
  }

  #wouldTrade(side: Side, price: number): string | null {
    const reached = this.postOnly ? this.#reached(side, price) : null;
    return reached === null ? null : words.make.trades(side, this.#say(reached));
  }

  /** Starts from the live quote, else from the others' prices, else around the last trade or opening price. */
  begin(): void {
    const { instrument, live } = this;
    this.touched = false;
    if (instrument === undefined) return;
    const resting = (side: Side) =>
      live.find((order) => order.side === side)?.price ??
      this.gone.find((one) => one.side === side)?.price ??
      null;
    if (live.length > 0) {
      this.bid = resting("buy");
      this.ask = resting("sell");
      return;
    }
    const grid = gridOf(instrument.tick_size);
    const { last } = this.#desk.room.market(this.inst);
    const inside = insideOf({ ...this.#others, last }, grid);
    const around = last === null ? (this.#value ?? openingTicks(instrument)) : grid.ticks(last);
    const first = firstPrices(inside, around, tickRange(instrument), this.#wonTicks);
    this.bid = first.bid === null ? null : grid.price(first.bid);
    this.ask = first.ask === null ? null : grid.price(first.ask);
  }

  /** The width that the user has won the right to quote at, in ticks; null: there was no such contest. */
  get #wonTicks(): number | null {
    const { round, me } = this.#desk.room;
    const { best = null, user_id: winner = null } = round?.contest ?? {};
    if (best === null || winner !== me?.userId || !round?.instruments.includes(this.inst))
      return null;
    return Math.floor(best / (this.instrument?.tick_size ?? 1));
  }

  /** The value that the round tells, in ticks; null: none is told. */
  get #value(): number | null {
    const { handFair, tableFair } = this.#desk.room;
    const values = (handFair ?? tableFair)?.values ?? [];
    const mean = values.find(({ inst }) => inst === this.inst)?.mean;
    return mean === undefined ? null : Math.round(mean / (this.instrument?.tick_size ?? 1));
  }

  /** Sends the quote of before again, with what has gone of it. */
  putBack(): void {
    const asked = this.#desk.orders.quoter.asked(this.inst);
    if (asked === null) return;
    [this.bid, this.ask] = [asked.bid, asked.ask];
    this.touched = true;
    this.send();
  }

  enter(change: { bid?: number | null; ask?: number | null }): void {
    this.touched = true;
    this.#desk.orders.quoter.clearRefusal(this.inst);
    Object.assign(this, change);
  }

  send(): void {
    if (this.problem !== null || this.#desk.orders.blockOf(this.inst) !== null) return;
    const { bid, ask, qty, postOnly } = this;
    this.#desk.orders.quoter.want(
      this.inst,
      { bid, bidQty: bid === null ? null : qty, ask, askQty: ask === null ? null : qty, postOnly },
      { inPlace: true, taken: () => (this.touched = false) },
    );
  }

  pull(): void {
    this.#desk.orders.quoter.pull(this.inst);
  }
}
