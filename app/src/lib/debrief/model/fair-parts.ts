/**
 * The P&L by what could be known when the trades were made: edge, information, luck, what a pot paid, and what came from
 * trading without fair values, so that the parts add up to the whole. Knows no screen.
 */

import type { Debrief, DebriefTrader } from "#protocol";
import type { Part } from "./waterfall.ts";

/** Sum of what pots paid a trader in the rounds with fair values; null: there was none. */
export function bonusOf(rounds: Debrief["rounds"], userId: number): number | null {
  let sum: number | null = null;
  for (const { result } of rounds)
    for (const row of (result["rows"] ?? []) as { user_id: number; bonus?: number }[])
      if (row.user_id === userId && row.bonus !== undefined) sum = (sum ?? 0) + row.bonus;
  return sum === null ? null : tidy(sum);
}

/** Parts that add up to the P&L; empty: no round of the trader's had fair values. */
export function fairPartsOf(
  rounds: Debrief["rounds"],
  { user_id: userId, pnl, edge, information, luck }: DebriefTrader,
): Part[] {
  if (edge === null) return [];
  const bonus = bonusOf(rounds, userId);
  const known = [
    { name: "edge", value: edge },
    { name: "information", value: information ?? 0 },
    { name: "luck", value: luck ?? 0 },
    ...(bonus === null ? [] : [{ name: "bonus", value: bonus }]),
  ];
  const elsewhere = tidy(pnl - known.reduce((sum, { value }) => sum + value, 0));
  // A P&L is told in whole units of money, the parts of a round to a millionth.
  return Math.abs(elsewhere) < 0.005 ? known : [...known, { name: "elsewhere", value: elsewhere }];
}

function tidy(money: number): number {
  return Number(money.toFixed(6)) + 0;
}
