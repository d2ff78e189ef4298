/** Deals the rounds of a session again from their seeds, and says where one was told otherwise. */

import { checkDeal, type ToldDeal } from "../formats/dealt-again.ts";
import type { DealCheck } from "./verify.ts";

export function dealsAgain(told: readonly ToldDeal[]): DealCheck[] {
  return told.map((deal) => ({ round: deal.round, where: partOf(deal) }));
}

function partOf(told: ToldDeal): string | null {
  const { isPromised, again } = checkDeal(told);
  if (!isPromised) return "the seed is not the one that was promised";
  if (typeof again === "string") return again;
  const [seat] = again.wrongSeats;
  if (seat !== undefined) return `the hand of seat ${seat + 1} was dealt otherwise`;
  if (!again.isTableRight) return "the cards of the table were dealt otherwise";
  return again.isDeckRight ? null : "the deck was dealt otherwise";
}
