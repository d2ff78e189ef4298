/** The rows of the table of people. */

import type { Instrument, Position, User } from "#protocol";
import { exposures, type Exposure } from "./exposure.ts";

export interface PersonRow {
  user: User;
  kicked: boolean;
  /** The total: the leaderboard's, which counts the rounds that are over. */
  pnl: number;
  /** The worst P&L at settlement; null for users who never traded. */
  exposure: Exposure | null;
  /** Open positions, largest first. */
  positions: { symbol: string; qty: number }[];
}

const rank: Record<User["role"], number> = { exchange: 2, trader: 0, spectator: 1 };

/** Rows in the order of joining, traders first: a changing order would move rows away from the pointer. */
export function peopleRows(
  users: readonly User[],
  everybody: readonly Position[],
  instruments: readonly Instrument[],
  kicked: ReadonlySet<number>,
  totals: ReadonlyMap<number, number>,
): PersonRow[] {
  const settled = new Set(instruments.filter((one) => one.settled).map((one) => one.id));
  const exposureOf = exposures(instruments, everybody, totals);
  const byUser = Map.groupBy(everybody, (position) => position.user_id ?? -1);
  return users
    .map((user): PersonRow => {
      const all = byUser.get(user.user_id) ?? [];
      const open = all.filter((one) => one.qty !== 0 && !settled.has(one.inst));
      return {
        user,
        kicked: kicked.has(user.user_id),
        pnl:
          totals.get(user.user_id) ??
          all.reduce((sum, one) => sum + one.realized_pnl + one.unrealized_pnl, 0),
        exposure: exposureOf.get(user.user_id) ?? null,
        positions: open
          .map(({ symbol, qty }) => ({ symbol, qty }))
          .sort((a, b) => Math.abs(b.qty) - Math.abs(a.qty)),
      };
    })
    .sort((a, b) => rank[a.user.role] - rank[b.user.role] || a.user.user_id - b.user.user_id);
}
