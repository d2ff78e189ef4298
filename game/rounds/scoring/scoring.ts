/**
 * Scores of a round by the modes that a host can choose, the penalty for a duty to quote that was not met, and the ranks.
 * Source: formats.md, "Scores".
 */

import { ranksOf, type PlaySettings } from "#protocol";
import { lockedIn } from "./locked-in.ts";
import { meanLots, quotedSeconds, sdOfPath, tradedSeconds } from "./meter.ts";
import { openRound, type RoundState } from "../state.ts";

/** A row as far as it does not depend on how rounds are scored. */
export interface Earned {
  readonly userId: number;
  readonly pnl: number;
  readonly parts: { readonly edge: number; readonly information: number } | null;
}

export interface Scored {
  score: number;
  penalty: number;
  /** Null: too few trades to be ranked. */
  rank: number | null;
}

/** Amounts are told to a millionth. */
const steps = 1e6;
export const rounded = (amount: number) => Math.round(amount * steps) / steps + 0;

/** The rows with their scores, best first; those who are not ranked stand last. */
export function scored<R extends Earned>(
  round: RoundState,
  rows: readonly R[],
  settings: Pick<PlaySettings, "scoring" | "min_trades">,
): (R & Scored)[] {
  const isRanked = ({ userId }: Earned) => tradesOf(round, userId) >= settings.min_trades;
  const score = openRound(round).plan.scoresLockedIn
    ? lockedScore(round)
    : scoreBy(round, rows.filter(isRanked), settings.scoring);
  const all = rows.map((row) => {
    const penalty = penaltyOf(round, row.userId);
    return { ...row, penalty, score: rounded(score(row) - penalty), rank: null };
  });
  return ranked(all, isRanked);
}

/** Puts the best first, and gives equals the same rank; who is not ranked stands last. */
export function ranked<R extends { userId: number; score: number }>(
  rows: readonly R[],
  isRanked: (row: R) => boolean,
): (R & { rank: number | null })[] {
  const sorted = rows.toSorted((a, b) => b.score - a.score || a.userId - b.userId);
  const inOrder = sorted.filter(isRanked);
  const ranks = ranksOf(inOrder.map(({ score }) => score));
  return [
    ...inOrder.map((row, at) => ({ ...row, rank: ranks[at] as number })),
    ...sorted.filter((row) => !isRanked(row)).map((row) => ({ ...row, rank: null })),
  ];
}

/** The score of a row before its penalty. @param inRanks rows that are ranked */
function scoreBy(
  round: RoundState,
  inRanks: readonly Earned[],
  mode: PlaySettings["scoring"],
): (row: Earned) => number {
  switch (mode) {
    case "pnl":
      return ({ pnl }) => pnl;
    case "luck_adjusted":
      return ({ pnl, parts }) => (parts === null ? pnl : parts.edge + parts.information);
    case "risk_adjusted":
      return ({ userId, pnl }) => {
        const sd = sdOfPath(round, userId);
        return sd === 0 ? 0 : pnl / sd;
      };
    case "quoting":
      return ({ userId }) => {
        const traded = tradedSeconds(round);
        const share = traded === 0 ? 0 : quotedSeconds(round, userId) / traded;
        return share * meanLots(round, userId);
      };
    case "rank": {
      const places = ranked(
        inRanks.map(({ userId, pnl }) => ({ userId, score: pnl })),
        () => true,
      );
      const rankOf = new Map(places.map(({ userId, rank }) => [userId, rank]));
      return ({ userId }) => places.length - (rankOf.get(userId) ?? places.length);
    }
  }
}

/** The score where it is what a seat has locked in, whatever the scoring of the room. */
function lockedScore(round: RoundState): (row: Earned) => number {
  return ({ userId }) => {
    const account = round.accounts.find((one) => one.userId === userId);
    return account === undefined ? 0 : lockedIn(round, account);
  };
}

function tradesOf({ accounts }: RoundState, userId: number): number {
  return accounts.find((account) => account.userId === userId)?.trades ?? 0;
}

/** Points off the score of a seat that has not quoted for its share of the time. Nobody else has the duty. */
export function penaltyOf(round: RoundState, userId: number): number {
  const { quoting } = openRound(round).plan.rules;
  if (quoting === undefined || !round.seats.includes(userId)) return 0;
  const missing = quoting.share * tradedSeconds(round) - quotedSeconds(round, userId);
  return rounded(quoting.penalty_per_s * Math.max(0, missing));
}
