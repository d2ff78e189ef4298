/** The order ticket's draft. It is about the active instrument and begins at that one's book, never at zero. */

import type { OrderType, Tif, Side } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";
import type { Layout } from "#lib/terminal/desk/layout.svelte.ts";
import { check } from "#lib/terminal/orders/check.ts";
import { situationOf } from "#lib/terminal/orders/situation.ts";
import { best } from "#lib/trading/book.ts";

export class TicketDesk {
  readonly #room: RoomView;
  readonly #layout: Layout;
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

  readonly instrument = $derived.by(() => {
    const inst = this.#layout.active;
    return inst === null ? undefined : this.#room.instrument(inst);
  });

  readonly checked = $derived.by(() => {
    const instrument = this.instrument;
    if (instrument === undefined) return null;
    const { side, type, tif, postOnly, price, qty } = this;
    const situation = situationOf(this.#room, instrument, side);
    return check({ side, type, tif, postOnly, price, qty }, situation);
  });

  constructor(room: RoomView, layout: Layout) {
    this.#room = room;
    this.#layout = layout;
  }

  /**
   * Run when the ticket comes into sight or another instrument becomes the active one. A draft about that one stays as
   * it is, wherever it was begun; only a price that nobody chose is suggested anew.
   */
  attend(): void {
    if (this.#about !== this.#layout.active) this.reset();
    else if (!this.#entered) this.price = this.suggestedPrice();
  }

  /** Starts afresh for the active instrument: price from the own side of the book, or empty. */
  reset(): void {
    this.#about = this.#layout.active;
    this.#entered = false;
    this.filled = false;
    this.price = this.suggestedPrice();
    this.qty = this.instrument === undefined ? null : this.#layout.sizeOf(this.instrument.id);
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

  /** What was pressed elsewhere, in the active instrument. */
  fill(side: Side | null, price: number | null): void {
    this.attend();
    if (side !== null) this.side = side;
    this.type = "limit";
    this.filled = true;
    if (price !== null) this.enterPrice(price);
    this.qty = this.instrument === undefined ? this.qty : this.#layout.sizeOf(this.instrument.id);
  }
}
