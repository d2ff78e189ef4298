/** Scores as people read them: money where a round was scored by money, else a number with a decimal or more. */

import type { Message, Scoring } from "#protocol";
import { formatMoney, formatPrice } from "#lib/format.ts";

type Row = Message<"round_result">["rows"][number];
const nothing = 1e-6;
const money: ReadonlySet<Scoring> = new Set<Scoring>(["pnl", "luck_adjusted"]);

/**
 * Whether the scores of a result are amounts of money. The host may have changed the scoring since: each has to be the row's
 * P&L, or its edge and information, less the penalty.
 */
export function areScoresMoney(rows: readonly Row[]): boolean {
  return rows.every(({ score, pnl, edge, information, penalty }) => {
    const isAbout = (amount: number) => Math.abs(score - (amount - penalty)) < nothing;
    return isAbout(pnl) || (edge !== null && isAbout(edge + (information ?? 0)));
  });
}

/** Whether standings are amounts of money, as far as the last result and the present scoring tell. */
export function areStandingsMoney(
  scoring: Scoring,
  last: Pick<Message<"round_result">, "rows"> | null,
): boolean {
  return money.has(scoring) && (last === null || areScoresMoney(last.rows));
}

/** @param decimals of money, as the room's instruments need them */
export function formatScore(score: number, isMoney: boolean, decimals: number): string {
  return isMoney ? formatMoney(score, decimals) : formatPrice(score, 0.1);
}
