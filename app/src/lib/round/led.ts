/** Instruments that a round leads: it opens, halts and settles them, and their host has the round's actions alone. */

import type { Message } from "#protocol";

/** The game whose host lists and settles what is traded. */
export const freeGame = "free";

export function isLed(
  round: Pick<Message<"round">, "format" | "instruments"> | null,
  inst: number,
): boolean {
  return round !== null && round.format !== freeGame && round.instruments.includes(inst);
}
