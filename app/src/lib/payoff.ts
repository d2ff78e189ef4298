/** What instruments are worth at settlement. */

import type { Instrument } from "#protocol";
import { tidy } from "./format.ts";

/** Final mark of an instrument, a contract, when its underlying (a scalar: itself) ends at `value`. */
export function payoffAt(instrument: Pick<Instrument, "type" | "strike">, value: number): number {
  const strike = instrument.strike ?? 0;
  if (instrument.type === "CALL") return tidy(Math.max(value - strike, 0));
  if (instrument.type === "PUT") return tidy(Math.max(strike - value, 0));
  return value;
}
