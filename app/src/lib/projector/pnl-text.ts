/** Writes P&L for people far from the screen: few decimals, and the same number in a whole column. */

import { formatMoney, formatPosition } from "#lib/format.ts";

/** Amount from which decimals are left out: they would not fit, and do not matter. */
const LARGE = 10_000;

/**
 * A function that writes these amounts with their signs; with decimals only if there are any and all amounts are small.
 *
 * @param decimals of money
 */
export function pnlFormat(
  amounts: readonly number[],
  decimals: number,
): (amount: number) => string {
  const isWhole = amounts.every(Number.isInteger);
  const isLarge = amounts.some((amount) => Math.abs(amount) >= LARGE);
  return isWhole || isLarge
    ? (amount) => formatPosition(Math.round(amount) + 0)
    : (amount) => formatMoney(amount, decimals);
}
