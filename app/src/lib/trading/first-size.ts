/** The size of the first click in an instrument, in lots: ten, unless the round that trades it takes single ones. */

import type { Message } from "#protocol";

const usualLots = 10;

/** @param userId of the person who clicks; null: a spectator */
export function firstLots(
  round: Pick<Message<"round">, "instruments" | "contest" | "rules" | "seats"> | null,
  inst: number,
  userId: number | null,
): number {
  if (round?.instruments.includes(inst) !== true) return usualLots;
  const { contest, rules, seats } = round;
  // The winner of a contest quotes for everybody else, who trade one each.
  if (contest !== undefined) return contest.user_id === userId ? Math.max(1, seats.length - 1) : 1;
  return rules["no_shorts"] === true ? 1 : usualLots;
}
