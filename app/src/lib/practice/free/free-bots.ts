/** The bots of free play: how many of each kind, and what fits the seats of a game. */

import type { BotKind } from "#protocol";

/** Null: nothing that is a number was typed. */
export type BotCounts = Record<BotKind, number | null>;

/** Players of a game, the person among them. */
export const playersOf = (counts: Readonly<BotCounts>): number =>
  1 + Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);

/** As many bots as a game has seats for: the kinds with the most give way, and noise traders fill up. */
export function fitting(
  counts: Readonly<BotCounts>,
  { min, max }: Readonly<{ min: number; max: number }>,
): BotCounts {
  const fitted = { ...counts };
  const kinds = Object.keys(fitted) as BotKind[];
  const countOf = (kind: BotKind) => fitted[kind] ?? 0;
  while (playersOf(fitted) > max) {
    const most = kinds.reduce((one, other) => (countOf(other) > countOf(one) ? other : one));
    fitted[most] = countOf(most) - 1;
  }
  while (playersOf(fitted) < min) fitted.noise = countOf("noise") + 1;
  return fitted;
}
