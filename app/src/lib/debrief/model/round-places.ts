/** The first places of a round, from the result that everybody was told. Knows no screen. */

import type { DebriefRound } from "#protocol";

/** A row of a result. `rank` is null for who traded too little to be ranked. */
export interface RoundPlace {
  user_id: number;
  pnl: number;
  rank: number | null;
}

const FIRST = 3;

/** The first three ranks with all who share them, and the own row; empty: the round was aborted. */
export function placesIn({ state, result }: DebriefRound, you: number | null): RoundPlace[] {
  if (state === "aborted") return [];
  const rows = (result["rows"] ?? []) as RoundPlace[];
  return rows
    .filter(({ rank, user_id: userId }) => (rank !== null && rank <= FIRST) || userId === you)
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
}
