/**
 * Finds the orders whose effect the payoff previews: the order under the pointer or the focus, else the spread in
 * sight, else the order in the ticket.
 */

import type { Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { best, outsideBook } from "#lib/trading/book.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";
import type { PlannedOrders } from "./ports.ts";
import type { ClickSizes } from "./click-sizes.svelte.ts";

/** The order of a click at the pointer. Its quantity is the selected size at each moment. */
export interface PointedOrder {
  readonly inst: number;
  readonly side: Side;
  /** null: the best price of the other side at each moment. */
  readonly price: number | null;
}

export class OrderPreview {
  readonly #room: RoomClient;
  readonly #sizes: ClickSizes;
  pointed = $state.raw<PointedOrder | null>(null);
  /** The orders of the spread in sight, and the order in the ticket: set by their rooms. */
  spread = $state.raw<PlannedOrders>(() => []);
  ticket = $state.raw<PlannedOrders>(() => []);

  constructor(room: RoomClient, sizes: ClickSizes) {
    this.#room = room;
    this.#sizes = sizes;
  }

  readonly #underPointer: PlannedOrder | null = $derived.by(
    () => this.pointed && this.#fromPointed(this.pointed),
  );
  readonly order: PlannedOrder | null = $derived.by(
    () => this.#underPointer ?? this.ticket()[0] ?? null,
  );

  /** All orders of the preview: a spread has one for each leg. */
  readonly orders: readonly PlannedOrder[] = $derived.by(() => {
    const legs = this.spread();
    if (this.#underPointer === null && legs.length > 0) return legs;
    return this.order === null ? [] : [this.order];
  });

  #fromPointed({ inst, side, price: clicked }: PointedOrder): PlannedOrder | null {
    const instrument = this.#room.instrument(inst);
    const { bids, asks } = outsideBook(this.#room, inst);
    const price = clicked ?? best(side === "buy" ? asks : bids);
    if (instrument === undefined || instrument.settled || price === null) return null;
    return { instrument, side, qty: this.#sizes.sizeOf(inst), price };
  }
}
