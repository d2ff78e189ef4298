/** Places on the leaderboard, in words: equals share one, which has an equals sign. */

import { ranksOf } from "#protocol";

export interface Place {
  /** From 1; after two who share the second comes the fourth. */
  readonly rank: number;
  /** The rank, with an equals sign if others share it. */
  readonly text: string;
}

/** @param rows of the whole leaderboard, best first */
export function placesOf(rows: readonly { readonly pnl: number }[]): Place[] {
  const ranks = ranksOf(rows.map(({ pnl }) => pnl));
  return ranks.map((rank, index) => {
    const isShared = rank === ranks[index - 1] || rank === ranks[index + 1];
    return { rank, text: isShared ? `${rank}=` : String(rank) };
  });
}
