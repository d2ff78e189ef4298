/** An order that loses at every settlement which the bounds of its underlying allow. */

import type { Instrument } from "#protocol";
import { formatPrice } from "#lib/format.ts";
import { payoffAt } from "#lib/payoff.ts";
import { boundsOf } from "#lib/position-payoff.ts";
import type { RoomView } from "#lib/state/room-view.ts";
import type { PreviewedOrder } from "./preview.svelte.ts";
import { words } from "./words.ts";

/** The least and the most that an instrument can be worth at settlement; infinite where nothing bounds it. */
export function worthRange(
  instrument: Pick<Instrument, "type" | "strike">,
  underlying: Pick<Instrument, "min_price" | "max_price" | "tick_size">,
): readonly [least: number, most: number] {
  const { min, max } = boundsOf(underlying);
  const [atMin, atMax] = [payoffAt(instrument, min), payoffAt(instrument, max)];
  return atMin < atMax ? [atMin, atMax] : [atMax, atMin];
}

/** In words; null where some settlement lets the order at least come out even, or nothing is known. */
export function sureLoss(
  room: Pick<RoomView, "instrument">,
  order: Pick<PreviewedOrder, "instrument" | "side" | "price"> | null,
): string | null {
  if (order === null) return null;
  const { instrument, side, price } = order;
  const underlying = room.instrument(instrument.reference_id ?? instrument.id);
  if (underlying === undefined) return null;
  const [least, most] = worthRange(instrument, underlying);
  const say = (worth: number) => formatPrice(worth, instrument.tick_size);
  if (side === "buy") return price > most ? words.sureLoss.buy(say(most)) : null;
  return price < least ? words.sureLoss.sell(say(least)) : null;
}
