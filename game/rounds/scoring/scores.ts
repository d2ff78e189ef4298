/**
 * The result of a round in numbers: everybody's P&L, the parts that add up to it, the score and the rank. Tick values are 1
 * in every format, so points are money.
 */

import { potShares, startValue } from "../endowments.ts";
import { ranked, rounded, scored, type Scored } from "./scoring.ts";
import { openRound, type RoundAccount, type RoundState, type Standing } from "../state.ts";

export interface ScoreRow extends Scored {
  userId: number;
  pnl: number;
  /** Null: the format has no fair values. */
  parts: { edge: number; information: number; luck: number; own: number } | null;
  /** Money beside the fills that is no luck: the pot's, less the ante, and the endowment at its value before the deal. */
  bonus: number | null;
}

/** Rows of all seats and of everybody else who traded, best first. */
export function scoresOf(round: RoundState): ScoreRow[] {
  const { dealt, values } = openRound(round);
  const shares = dealt.endowments === undefined ? null : potShares(round);
  const before = values({ revealed: 0, hands: "none" });
  const hasFair = before.length > 0 && before.every((value) => value !== null);
  const others = round.accounts.filter(({ userId }) => !round.seats.includes(userId));
  const rows = [...round.seats, ...others.map(({ userId }) => userId)].map((userId) => {
    const account = round.accounts.find((one) => one.userId === userId);
    const seat = round.seats.indexOf(userId);
    const dealtTo = dealt.endowments?.[seat] ?? [];
    const share = shares?.[seat] ?? 0;
    const fills = account === undefined ? 0 : pnlOf(account, round.finals);
    const pnl = rounded(fills + share + sumOf(dealtTo, (place) => round.finals[place] ?? 0));
    const bonus =
      shares === null ? null : rounded(share + sumOf(dealtTo, (place) => startValue(round, place)));
    const parts = hasFair ? partsOf(account, pnl - (bonus ?? 0)) : null;
    return { userId, pnl, parts, bonus };
  });
  return scored(round, rows, round.scoredBy ?? { scoring: "pnl", min_trades: 0 });
}

/** P&L of the fills, as far as their instruments are settled. */
function pnlOf({ qty, paid }: RoundAccount, finals: RoundState["finals"]): number {
  return finals.reduce<number>(
    (sum, final, at) => (final === null ? sum : sum + (qty[at] ?? 0) * final - (paid[at] ?? 0)),
    0,
  );
}

/** Worth of an endowment. @param valueOf a contract, by its place */
function sumOf(endowment: readonly number[], valueOf: (place: number) => number): number {
  return endowment.reduce((sum, contracts, place) => sum + contracts * valueOf(place), 0);
}

/** Luck takes what rounding leaves, so that the parts add up to the P&L. */
function partsOf(account: RoundAccount | undefined, pnl: number): NonNullable<ScoreRow["parts"]> {
  const edge = rounded(account?.edge ?? 0);
  const information = rounded(account?.information ?? 0);
  const luck = rounded(pnl - edge - information);
  return { edge, information, luck, own: rounded(account?.own ?? 0) };
}

/** Adds the scores of a round to the standings. */
export function addUp(standings: readonly Standing[], rows: readonly ScoreRow[]): Standing[] {
  const sums = new Map(standings.map((one) => [one.userId, one]));
  for (const { userId, score, rank } of rows) {
    const before = sums.get(userId) ?? { userId, score: 0, rounds: 0, ranked: 0 };
    sums.set(userId, {
      userId,
      score: rounded(before.score + score),
      rounds: before.rounds + 1,
      ranked: before.ranked + (rank === null ? 0 : 1),
    });
  }
  return withRanks([...sums.values()]).map(({ rank: _, ...one }) => one);
}

/** The standings with their ranks, best first; who was ranked in no round has none. */
export function withRanks(standings: readonly Standing[]) {
  return ranked(standings, ({ ranked: rounds }) => rounds > 0);
}
