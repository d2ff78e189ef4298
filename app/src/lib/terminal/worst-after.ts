/** What a trader can lose at settlement, over an instrument, its underlying and all options on that, once an order has traded. */

import type { Instrument } from "#protocol";
import { boundsOf, extremes, type Extreme, type Leg } from "#lib/trading/settlement.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import { orderLeg, type PreviewedOrder } from "./desk/preview.svelte.ts";

/** Positions in these, and what has been realised in them; those settled have been paid. */
export function legsOf(
  room: Pick<RoomView, "position">,
  family: readonly (Instrument | null)[],
): Leg[] {
  return family.flatMap((instrument) => {
    const held = instrument && room.position(instrument.id);
    if (!instrument || !held || instrument.settled) return [];
    const { qty, vwap, realized_pnl: realized } = held;
    return qty === 0 && realized === 0 ? [] : [{ instrument, qty, vwap, realized }];
  });
}

/** @returns null where the underlying is not known. */
export function worstAfter(
  room: Pick<RoomView, "instrument" | "instruments" | "position">,
  order: PreviewedOrder,
): Extreme | null {
  const root = order.instrument.reference_id ?? order.instrument.id;
  const underlying = room.instrument(root);
  if (underlying === undefined) return null;
  const family = room.instruments.filter((one) => one.id === root || one.reference_id === root);
  const legs = [...legsOf(room, family), orderLeg(order)];
  return extremes(legs, boundsOf(underlying)).worst;
}
