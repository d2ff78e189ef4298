/** The draft of the order ticket. It is about the active instrument, and its first price comes from the book. */

import { createContext } from "svelte";
import type { Instrument, OrderType, Tif, Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import type { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import type { TicketPort } from "#lib/terminal/desk/ports.ts";
import { checkOrder, orderContextOf } from "#lib/terminal/orders/check.ts";
import { best, openingTicks } from "#lib/trading/book.ts";
import { gridOf } from "#lib/trading/grid.ts";
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
  /** The user has filled it in since it was last reset. */
  filled = $state(false);
  /** The user has entered the price, or the quantity. */
  #entered = false;
  #sized = false;
  /** The instrument of the draft. */
  #about: number | null = null;

  readonly checked = $derived.by(() => {
    const instrument = this.instrument;
    if (instrument === undefined) return null;
    const { side, type, tif, postOnly, price, qty } = this;
    const context = orderContextOf(this.#room, instrument, side);
    return checkOrder({ side, type, tif, postOnly, price, qty }, context);
  });

  /** The order that the ticket would send now; null if it cannot be sent or would not trade. */
  readonly order: PlannedOrder | null = $derived.by(() => {
    const { instrument, checked, side, type, price: limit } = this;
    if (instrument === undefined || instrument.settled) return null;
    if (checked?.command == null || checked.after === null) return null;
    const qty = Math.abs(checked.after - (this.#room.position(instrument.id)?.qty ?? 0));
    // Its average price, for it takes better prices first; the limit itself if nothing better is there.
    const price =
      type === "limit" && checked.now.qty === 0
        ? limit
        : (checked.value ?? 0) / (qty * instrument.tick_value);
    return price === null || qty === 0 ? null : { instrument, side, qty, price };
  });

  constructor(desk: Desk) {
    this.#room = desk.room;
    this.#desk = desk;
    desk.ticket = this;
    // An untouched ticket has no order to preview: its price is only suggested.
    desk.preview.ticket = () => (this.filled && this.order !== null ? [this.order] : []);
  }

  get instrument(): Instrument | undefined {
    return this.#desk.instrument;
  }

  /**
   * Resets the ticket for another active instrument. For the same one the draft stays; only what the user has not
   * entered is suggested again. To be run when the ticket comes into sight or the active instrument changes.
   */
  attend(): void {
    if (this.#about !== this.#desk.active) this.reset();
    else if (!this.#entered) this.price = this.suggestedPrice();
  }

  /** Starts a new draft for the active instrument, with a suggested price if there is one. */
  reset(): void {
    this.#about = this.#desk.active;
    this.#entered = false;
    this.#sized = false;
    this.filled = false;
    this.price = this.suggestedPrice();
    this.qty = this.instrument === undefined ? null : this.#desk.sizes.sizeOf(this.instrument.id);
  }

  /** Begins a new limit order on this side. */
  begin(side: Side): void {
    this.side = side;
    this.type = "limit";
    this.reset();
    this.filled = true;
  }

  /** Follows the book and the usual size of the round until the user has entered a price, or a quantity. */
  follow(): void {
    if (!this.#entered) this.price = this.suggestedPrice();
    if (!this.#sized && this.instrument !== undefined)
      this.qty = this.#desk.sizes.sizeOf(this.instrument.id);
  }

  enterQty(qty: number | null): void {
    this.#sized = true;
    this.qty = qty;
  }

  enterPrice(price: number | null): void {
    this.#entered = true;
    this.price = price;
  }

  suggestedPrice(): number | null {
    if (this.instrument === undefined) return null;
    const { bids, asks, last } = this.#room.market(this.instrument.id);
    const [own, other] = this.side === "buy" ? [bids, asks] : [asks, bids];
    const opening = openingTicks(this.instrument);
    return (
      best(own) ??
      best(other) ??
      last ??
      (opening === null ? null : gridOf(this.instrument.tick_size).price(opening))
    );
  }

  /** Takes over a side, price and quantity pressed elsewhere; the side and price stay as they are if null. */
  fill(side: Side | null, price: number | null, qty: number | null = null): void {
    this.attend();
    if (side !== null) this.side = side;
    this.type = "limit";
    this.filled = true;
    if (price !== null) this.enterPrice(price);
    this.#sized = qty !== null;
    if (qty !== null) this.qty = qty;
    else if (this.instrument !== undefined) this.qty = this.#desk.sizes.sizeOf(this.instrument.id);
  }
}

export const [getTicket, setTicket] = createContext<TicketState>();
