/** Scores as people read them: money where a round is scored by money, else a number with one decimal. */

import type { Scoring } from "#protocol";
import { formatMoney, formatPrice, signClass } from "#lib/format.ts";

const money: ReadonlySet<Scoring> = new Set<Scoring>(["pnl", "luck_adjusted"]);

export function isInMoney(scoring: Scoring): boolean {
  return money.has(scoring);
}

/** @param decimals of money, as the room's instruments need them */
export function formatScore(score: number, scoring: Scoring, decimals: number): string {
  return isInMoney(scoring) ? formatMoney(score, decimals) : formatPrice(score, 0.1);
}

/** The CSS class of a score that is money. */
export function scoreClass(score: number, scoring: Scoring): ReturnType<typeof signClass> {
  return isInMoney(scoring) ? signClass(score) : "";
}
