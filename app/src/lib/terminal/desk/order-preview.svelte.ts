/**
 * Finds the orders that the next act would send: the order under the pointer or the keys, else the spread that is being
 * built, else the order in the ticket.
 */

import type { Side } from "#protocol";
import type { RoomClient } from "#lib/state/room-client.svelte.ts";
import { best } from "#lib/trading/book.ts";
import type { PlannedOrder } from "#lib/trading/settlement.ts";
import type { PlannedOrders } from "./ports.ts";
import type { ClickSizes } from "./click-sizes.svelte.ts";

/** A clickable price. Its quantity is the selected size, whatever that becomes while one points. */
export interface PointedOrder {
  readonly inst: number;
  readonly side: Side;
  /** null: the best price of the other side, as it is now. */
  readonly price: number | null;
}

export class OrderPreview {
  readonly #room: RoomClient;
  readonly #sizes: ClickSizes;
  pointed = $state.raw<PointedOrder | null>(null);
  /** The orders of the spread in sight, and the one in the ticket: their rooms hand them in. */
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

  /** All of it, a leg each where it is a spread. */
  readonly orders: readonly PlannedOrder[] = $derived.by(() => {
    const legs = this.spread();
    if (this.#underPointer === null && legs.length > 0) return legs;
    return this.order === null ? [] : [this.order];
  });

  #fromPointed({ inst, side, price: clicked }: PointedOrder): PlannedOrder | null {
    const instrument = this.#room.instrument(inst);
    const { bids, asks } = this.#room.market(inst);
    const price = clicked ?? best(side === "buy" ? asks : bids);
    if (instrument === undefined || instrument.settled || price === null) return null;
    return { instrument, side, qty: this.#sizes.sizeOf(inst), price };
  }
}
