/**
 * What the next act would send: the order under the pointer or the keys, else the spread that is being built, else the
 * order in the ticket.
 */

import type { Instrument, Side } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";
import type { TicketDesk } from "#lib/terminal/ticket/ticket.svelte.ts";
import type { Leg } from "#lib/trading/settlement.ts";
import type { Layout } from "./layout.svelte.ts";

/** A clickable price. Its quantity is the selected size, whatever that becomes while one points. */
export interface Pointed {
  readonly inst: number;
  readonly side: Side;
  /** null: the best price of the other side, as it is now. */
  readonly price: number | null;
}

export interface PreviewedOrder {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly qty: number;
  /** What each is paid at. */
  readonly price: number;
}

export class Preview {
  readonly #room: RoomView;
  readonly #layout: Layout;
  readonly #ticket: TicketDesk;
  pointed = $state.raw<Pointed | null>(null);
  /** The orders of the spread in sight. Set once there is one: its code is not loaded before. */
  spread = $state.raw<() => readonly PreviewedOrder[]>(() => []);

  constructor(room: RoomView, layout: Layout, ticket: TicketDesk) {
    this.#room = room;
    this.#layout = layout;
    this.#ticket = ticket;
  }

  readonly #underPointer: PreviewedOrder | null = $derived.by(
    () => this.pointed && this.#fromPointed(this.pointed),
  );
  readonly order: PreviewedOrder | null = $derived.by(
    () => this.#underPointer ?? this.#fromTicket(),
  );

  /** All of it, a leg each where it is a spread. */
  readonly orders: readonly PreviewedOrder[] = $derived.by(() => {
    const legs = this.spread();
    if (this.#underPointer === null && legs.length > 0) return legs;
    return this.order === null ? [] : [this.order];
  });

  #fromPointed({ inst, side, price: clicked }: Pointed): PreviewedOrder | null {
    const instrument = this.#room.instrument(inst);
    const { bids, asks } = this.#room.market(inst);
    const price = clicked ?? (side === "buy" ? asks : bids)[0]?.[0];
    if (instrument === undefined || instrument.settled || price === undefined) return null;
    return { instrument, side, qty: this.#layout.sizeOf(inst), price };
  }

  /** Only once somebody has worked on it: the suggestion that a fresh ticket holds is nobody's plan. */
  #fromTicket(): PreviewedOrder | null {
    return this.#ticket.filled ? this.ticketOrder : null;
  }

  /** What the ticket would send now, if it would do anything. */
  readonly ticketOrder: PreviewedOrder | null = $derived.by(() => {
    const { instrument, checked, side, type, price: limit } = this.#ticket;
    if (instrument === undefined || instrument.settled) return null;
    if (checked?.command == null || checked.after === null) return null;
    const price = type === "market" ? checked.now.average : limit;
    const qty = Math.abs(checked.after - (this.#room.position(instrument.id)?.qty ?? 0));
    return price === null || qty === 0 ? null : { instrument, side, qty, price };
  });
}

/** What the order adds to a position if all of it trades at its price. */
export function orderLeg({ instrument, side, qty, price }: PreviewedOrder): Leg {
  return { instrument, qty: side === "buy" ? qty : -qty, vwap: price, realized: 0 };
}
