/** Makes the messages that add options: a single option, or a strip of calls and puts around a centre. */

import { limits, type Instrument, type Request } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";

export type OptionType = "CALL" | "PUT";
export type Listing = Omit<Request<"add_instrument">, "cid">;
export interface Strip {
  centre: number;
  step: number;
  /** Number of strikes. */
  count: number;
}

/** Strikes from low to high; with an even count there is one more above the centre than below. */
export function strikesOf({ centre, step, count }: Strip): number[] {
  const below = Math.floor((count - 1) / 2);
  return Array.from({ length: count }, (_, index) => tidy(centre + (index - below) * step));
}

export function optionSymbol(underlying: string, strike: number, type: OptionType): string {
  const tail = ` ${strike}${type === "CALL" ? "C" : "P"}`;
  return underlying.slice(0, limits.symbolLength - tail.length) + tail;
}

export function optionListing(
  underlying: Instrument,
  strike: number,
  type: OptionType,
  tick: number,
): Listing {
  return {
    op: "add_instrument",
    symbol: optionSymbol(underlying.symbol, strike, type),
    type,
    tick_size: tick,
    tick_value: underlying.tick_value,
    reference_id: underlying.id,
    strike,
  };
}

/** The messages for a call and a put at each strike, without options that the room has already. */
export function stripListings(
  underlying: Instrument,
  strip: Strip,
  tick: number,
  existing: readonly Instrument[],
): Listing[] {
  const symbols = new Set(existing.map((instrument) => instrument.symbol));
  return strikesOf(strip)
    .flatMap((strike) =>
      (["CALL", "PUT"] as const).map((type) => optionListing(underlying, strike, type, tick)),
    )
    .filter((listing) => !symbols.has(listing.symbol));
}
