/** A strip of calls and puts around a centre, as the messages that add it. */

import { limits, type Instrument, type Request } from "#protocol";
import { tidy } from "#lib/trading/grid.ts";

export interface Grid {
  underlying: Instrument;
  centre: number;
  step: number;
  /** How many strikes. */
  count: number;
  tick: number;
  tickValue: number;
}
export type Listing = Omit<Request<"add_instrument">, "cid">;

/** Strikes from low to high; an even count has its extra one above. */
export function strikesOf({
  centre,
  step,
  count,
}: Pick<Grid, "centre" | "step" | "count">): number[] {
  const below = Math.floor((count - 1) / 2);
  return Array.from({ length: count }, (_, index) => tidy(centre + (index - below) * step));
}

export function optionSymbol(underlying: string, strike: number, type: "CALL" | "PUT"): string {
  const tail = ` ${strike}${type === "CALL" ? "C" : "P"}`;
  return underlying.slice(0, limits.symbolLength - tail.length) + tail;
}

/** Leaves out what the room has already. */
export function gridListings(grid: Grid, existing: readonly Instrument[]): Listing[] {
  const symbols = new Set(existing.map((instrument) => instrument.symbol));
  return strikesOf(grid)
    .flatMap((strike) =>
      (["CALL", "PUT"] as const).map((type): Listing => ({
        op: "add_instrument",
        symbol: optionSymbol(grid.underlying.symbol, strike, type),
        type,
        tick_size: grid.tick,
        tick_value: grid.tickValue,
        reference_id: grid.underlying.id,
        strike,
      })),
    )
    .filter((listing) => !symbols.has(listing.symbol));
}
