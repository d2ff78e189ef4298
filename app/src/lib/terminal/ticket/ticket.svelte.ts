/** The order ticket's draft. It is about the active instrument and begins at that one's book, never at zero. */

import { createContext } from "svelte";
import type { Instrument, OrderType, Tif, Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { TicketPort } from "#lib/terminal/desk/ports.ts";
import { checkOrder, orderContextOf } from "#lib/terminal/orders/check.ts";
import { best } from "#lib/trading/book.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";

export class TicketState implements TicketPort {
  readonly #room: RoomClient;
  readonly #desk: Desk;
  side = $state<Side>("buy");
  type = $state<OrderType>("limit");
  tif = $state<Tif>("GFD");
  postOnly = $state(false);
  price = $state<number | null>(null);
  qty = $state<number | null>(null);
  /** Somebody has worked on it since it began afresh. */
  filled = $state(false);
  #entered = false;
  /** The instrument that the draft is about. */
  #about: number | null = null;

  readonly checked = $derived.by(() => {
    const instrument = this.instrument;
    if (instrument === undefined) return null;
    const { side, type, tif, postOnly, price, qty } = this;
    const context = orderContextOf(this.#room, instrument, side);
    return checkOrder({ side, type, tif, postOnly, price, qty }, context);
  });

  /** The order that it would send now, if it would do anything. */
  readonly order: PlannedOrder | null = $derived.by(() => {
    const { instrument, checked, side, type, price: limit } = this;
    if (instrument === undefined || instrument.settled) return null;
    if (checked?.command == null || checked.after === null) return null;
    const price = type === "market" ? checked.now.average : limit;
    const qty = Math.abs(checked.after - (this.#room.position(instrument.id)?.qty ?? 0));
    return price === null || qty === 0 ? null : { instrument, side, qty, price };
  });

  constructor(desk: Desk) {
    this.#room = desk.room;
    this.#desk = desk;
    desk.ticket = this;
    // Only once somebody has worked on it: the suggestion that a fresh ticket holds is nobody's plan.
    desk.preview.ticket = () => (this.filled && this.order !== null ? [this.order] : []);
  }

  get instrument(): Instrument | undefined {
    return this.#desk.instrument;
  }

  /**
   * Run when the ticket comes into sight or another instrument becomes the active one. A draft about that one stays as
   * it is, wherever it was begun; only a price that nobody chose is suggested anew.
   */
  attend(): void {
    if (this.#about !== this.#desk.active) this.reset();
    else if (!this.#entered) this.price = this.suggestedPrice();
  }

  /** Starts afresh for the active instrument: price from the order's side of the book, or empty. */
  reset(): void {
    this.#about = this.#desk.active;
    this.#entered = false;
    this.filled = false;
    this.price = this.suggestedPrice();
    this.qty = this.instrument === undefined ? null : this.#desk.sizes.sizeOf(this.instrument.id);
  }

  /** A fresh limit order on this side. */
  begin(side: Side): void {
    this.side = side;
    this.type = "limit";
    this.reset();
    this.filled = true;
  }

  /** An empty price takes the first one that the book has, until somebody enters one. */
  follow(): void {
    if (this.price === null && !this.#entered) this.price = this.suggestedPrice();
  }

  enterPrice(price: number | null): void {
    this.#entered = true;
    this.price = price;
  }

  suggestedPrice(): number | null {
    if (this.instrument === undefined) return null;
    const { bids, asks, last } = this.#room.market(this.instrument.id);
    const [own, other] = this.side === "buy" ? [bids, asks] : [asks, bids];
    return best(own) ?? best(other) ?? last;
  }

  /** Takes over a price pressed elsewhere, in the active instrument. */
  fill(side: Side | null, price: number | null, qty: number | null = null): void {
    this.attend();
    if (side !== null) this.side = side;
    this.type = "limit";
    this.filled = true;
    if (price !== null) this.enterPrice(price);
    if (qty !== null) this.qty = qty;
    else if (this.instrument !== undefined) this.qty = this.#desk.sizes.sizeOf(this.instrument.id);
  }
}

export const [getTicket, setTicket] = createContext<TicketState>();
