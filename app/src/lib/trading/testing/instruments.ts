/** Instruments for tests. */

import type { Instrument } from "#protocol";

export function instrument(id: number, over: Partial<Instrument> = {}): Instrument {
  return {
    id,
    inst: id,
    description: null,
    symbol: `I${id}`,
    type: "SCALAR",
    reference_id: null,
    strike: null,
    tick_size: 0.5,
    lot_size: 1,
    tick_value: 1,
    min_price: -1e6,
    max_price: 1e6,
    opening_price: null,
    hidden: false,
    halted: false,
    settled: false,
    settlement: null,
    ...{ volume: 0, trades: 0, first: null, high: null, low: null, last: null },
    ...over,
  };
}

export const option = (id: number, type: "CALL" | "PUT", strike: number, reference_id = 1) =>
  instrument(id, { type, strike, reference_id });
