/**
 * What the next act would send: the order under the pointer or the keys, else the spread that is being built, else the
 * order in the ticket.
 */

import type { Side } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";
import type { TicketDesk } from "#lib/terminal/ticket/ticket.svelte.ts";
import { best } from "#lib/trading/book.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";
import type { Layout } from "./layout.svelte.ts";

/** A clickable price. Its quantity is the selected size, whatever that becomes while one points. */
export interface Pointed {
  readonly inst: number;
  readonly side: Side;
  /** null: the best price of the other side, as it is now. */
  readonly price: number | null;
}

export class Preview {
  readonly #room: RoomView;
  readonly #layout: Layout;
  readonly #ticket: TicketDesk;
  pointed = $state.raw<Pointed | null>(null);
  /** The orders of the spread in sight. Set once there is one: its code is not loaded before. */
  spread = $state.raw<() => readonly PlannedOrder[]>(() => []);

  constructor(room: RoomView, layout: Layout, ticket: TicketDesk) {
    this.#room = room;
    this.#layout = layout;
    this.#ticket = ticket;
  }

  readonly #underPointer: PlannedOrder | null = $derived.by(
    () => this.pointed && this.#fromPointed(this.pointed),
  );
  readonly order: PlannedOrder | null = $derived.by(() => this.#underPointer ?? this.#fromTicket());

  /** All of it, a leg each where it is a spread. */
  readonly orders: readonly PlannedOrder[] = $derived.by(() => {
    const legs = this.spread();
    if (this.#underPointer === null && legs.length > 0) return legs;
    return this.order === null ? [] : [this.order];
  });

  #fromPointed({ inst, side, price: clicked }: Pointed): PlannedOrder | null {
    const instrument = this.#room.instrument(inst);
    const { bids, asks } = this.#room.market(inst);
    const price = clicked ?? best(side === "buy" ? asks : bids);
    if (instrument === undefined || instrument.settled || price === null) return null;
    return { instrument, side, qty: this.#layout.sizeOf(inst), price };
  }

  /** Only once somebody has worked on it: the suggestion that a fresh ticket holds is nobody's plan. */
  #fromTicket(): PlannedOrder | null {
    return this.#ticket.filled ? this.ticketOrder : null;
  }

  /** What the ticket would send now, if it would do anything. */
  readonly ticketOrder: PlannedOrder | null = $derived.by(() => {
    const { instrument, checked, side, type, price: limit } = this.#ticket;
    if (instrument === undefined || instrument.settled) return null;
    if (checked?.command == null || checked.after === null) return null;
    const price = type === "market" ? checked.now.average : limit;
    const qty = Math.abs(checked.after - (this.#room.position(instrument.id)?.qty ?? 0));
    return price === null || qty === 0 ? null : { instrument, side, qty, price };
  });
}
