/** Decides which options are in the money, and where the at-the-money line runs. */

import type { ChainRow } from "#lib/trading/instruments.ts";

/** Index of the row above which the at-the-money line runs; the number of rows if it runs below the last. */
export function moneyLine(rows: readonly ChainRow[], reference: number | null): number | null {
  if (reference === null) return null;
  const above = rows.findIndex((row) => row.strike > reference);
  return above === -1 ? rows.length : above;
}

export function inTheMoney(
  type: "CALL" | "PUT",
  strike: number,
  reference: number | null,
): boolean {
  if (reference === null) return false;
  return type === "CALL" ? reference > strike : reference < strike;
}
