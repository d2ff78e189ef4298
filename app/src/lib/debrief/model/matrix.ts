/** The trades of everybody with everybody, as a square: rows buy from columns. Knows no screen. */

import type { Debrief } from "#protocol";

export interface MatrixCell {
  readonly qty: number;
  /** P&L of the buyer in these trades. */
  readonly gain: number;
}

export interface Matrix {
  readonly userIds: readonly number[];
  /** By buyer, then by seller; null: they did not trade. */
  readonly cells: readonly (readonly (MatrixCell | null)[])[];
  /** The largest gain or loss, for the strength of colours; at least 1. */
  readonly most: number;
}

/** @param order of the traders; those without a trade are left out */
export function matrixOf(
  rows: Debrief["matrix"],
  order: readonly { readonly user_id: number }[],
): Matrix {
  const traded = new Set(rows.flatMap(({ buyer_id, seller_id }) => [buyer_id, seller_id]));
  const userIds = order.map(({ user_id }) => user_id).filter((userId) => traded.has(userId));
  const byPair = new Map(rows.map((row) => [`${row.buyer_id}/${row.seller_id}`, row]));
  const cells = userIds.map((buyer) =>
    userIds.map((seller) => {
      const row = byPair.get(`${buyer}/${seller}`);
      return row === undefined ? null : { qty: row.qty, gain: row.buyer_pnl };
    }),
  );
  const most = Math.max(1, ...rows.map(({ buyer_pnl: gain }) => Math.abs(gain)));
  return { userIds, cells, most };
}

/** P&L of a trader with each other one, as buyer and seller, the best first. */
export function partnersOf(
  rows: Debrief["matrix"],
  userId: number,
): { userId: number; qty: number; gain: number }[] {
  const partners = new Map<number, { userId: number; qty: number; gain: number }>();
  for (const { buyer_id: buyer, seller_id: seller, qty, buyer_pnl: gain } of rows) {
    if (buyer !== userId && seller !== userId) continue;
    const other = buyer === userId ? seller : buyer;
    const sum = partners.get(other) ?? { userId: other, qty: 0, gain: 0 };
    sum.qty += qty;
    sum.gain += buyer === userId ? gain : -gain;
    partners.set(other, sum);
  }
  return [...partners.values()].sort((a, b) => b.gain - a.gain);
}
