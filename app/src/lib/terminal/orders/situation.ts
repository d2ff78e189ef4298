/** What an order in an instrument would meet now, as the room shows it: limits, one's own side of things, the book. */

import type { Instrument, Side } from "#protocol";
import type { RoomView } from "#lib/state/room-view.ts";
import type { Situation } from "./check.ts";

export function situationOf(room: RoomView, instrument: Instrument, side: Side): Situation {
  const { bids, asks } = room.market(instrument.id);
  const working = room
    .ordersIn(instrument.id)
    .reduce((sum, o) => sum + (o.side === side ? o.leaves : 0), 0);
  const position = room.position(instrument.id)?.qty ?? 0;
  return {
    ...{ instrument, limits: room.limits, position, working, bids, asks },
    openOrders: room.orders.length,
  };
}
