/** Fair values in words: of the instruments that a person looks for first. */

import type { Instrument, Message } from "#protocol";
import { roundWords as words } from "./words.ts";

/** Instruments whose value is told in a line: the scalars, at most so many. */
const toldMost = 5;

/** @returns a text for each scalar that has a value; empty: there is none */
export function worthOf(
  fair: Message<"fair"> | null,
  instruments: readonly Pick<Instrument, "id" | "symbol" | "type">[],
): string[] {
  if (fair === null) return [];
  return fair.values
    .flatMap(({ inst, mean, sd }) => {
      const instrument = instruments.find(({ id }) => id === inst);
      return instrument?.type === "SCALAR"
        ? [words.worth(instrument.symbol, mean.toFixed(1), sd.toFixed(1))]
        : [];
    })
    .slice(0, toldMost);
}
