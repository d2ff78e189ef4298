/** Options by their strikes. */

import type { Instrument } from "#protocol";

export interface Strike {
  readonly underlying: Instrument;
  readonly call: Instrument;
  readonly put: Instrument;
  readonly strike: number;
}

/** Every strike at which these instruments have a call, a put and their underlying. */
export function strikesOf(instruments: readonly Instrument[]): readonly Strike[] {
  return instruments.flatMap((call) => {
    if (call.type !== "CALL" || call.strike === null) return [];
    const { strike, reference_id: of } = call;
    const underlying = instruments.find(({ id }) => id === of);
    const put = instruments.find(
      (one) => one.type === "PUT" && one.reference_id === of && one.strike === strike,
    );
    return underlying && put ? [{ underlying, call, put, strike }] : [];
  });
}
