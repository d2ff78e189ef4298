/** P&L for people far away: no decimals where they are noise, and the same number of them in a whole column. */

import { formatMoney, formatPosition } from "#lib/format.ts";

/** Amount from which on cents do not fit, and do not matter. */
const LARGE = 10_000;

/** The way to write these amounts: with their sign, and cents only if there are any and all are small. */
export function pnlFormat(amounts: readonly number[]): (amount: number) => string {
  const isWhole = amounts.every(Number.isInteger);
  const isLarge = amounts.some((amount) => Math.abs(amount) >= LARGE);
  return isWhole || isLarge ? (amount) => formatPosition(Math.round(amount) + 0) : formatMoney;
}
