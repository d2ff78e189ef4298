/** Where the money is among the strikes of a chain. */

import type { ChainRow } from "#lib/trading/instruments.ts";

/** Index of the row that the at-the-money line stands above (the row count: below the last). */
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
