/** Whether an order pays more, or takes less, than the bounds of the underlying let an instrument settle at. */

import type { Instrument, Side } from "#protocol";
import { formatPrice } from "#lib/format.ts";
import { payoffAt } from "#lib/payoff.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import { boundsOf } from "#lib/trading/settlement.ts";
import { take } from "./orders/check.ts";

export interface Meant {
  readonly instrument: Instrument;
  readonly side: Side;
  readonly qty: number;
  /** null: at the market. */
  readonly limit: number | null;
  /** What does not trade at once waits at the limit. */
  readonly rests: boolean;
}

/** The least and the most that an instrument can settle at; infinite where nothing bounds it. */
export function settlementRange(
  instrument: Pick<Instrument, "type" | "strike">,
  underlying: Pick<Instrument, "min_price" | "max_price" | "tick_size">,
): readonly [least: number, most: number] {
  const { min, max } = boundsOf(underlying);
  const [atMin, atMax] = [payoffAt(instrument, min), payoffAt(instrument, max)];
  return atMin < atMax ? [atMin, atMax] : [atMax, atMin];
}

/**
 * The most that it can settle at, if some of a purchase would trade or wait above that by the visible book; the least,
 * if some of a sale would below it. As a price in words; null where all of it is within.
 */
export function beyondSettlement(
  room: Pick<RoomView, "instrument" | "market">,
  order: Meant,
): string | null {
  const { instrument, side } = order;
  const underlying = room.instrument(instrument.reference_id ?? instrument.id);
  const worst = worstPart(room, order);
  if (underlying === undefined || worst === null) return null;
  const [least, most] = settlementRange(instrument, underlying);
  const isBeyond = side === "buy" ? worst > most : worst < least;
  return isBeyond ? formatPrice(side === "buy" ? most : least, instrument.tick_size) : null;
}

/** The worst price at which a part of it would trade or wait. */
function worstPart(room: Pick<RoomView, "market">, order: Meant): number | null {
  const { instrument, side, qty, limit, rests } = order;
  const { bids, asks } = room.market(instrument.id);
  const now = take(side === "buy" ? asks : bids, side, limit, qty);
  return rests && now.qty < qty ? limit : now.worst;
}
