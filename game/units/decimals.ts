/**
 * Decimal numbers on the wire to integers inside, and back, exactly.
 * A wire number stands for the shortest decimal that prints it: 0.1 is one tenth.
 */

import { limits } from "#protocol";

/** Powers of ten that are exact. */
const pow10 = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12] as const;

export function tenTo(exponent: number): number {
  return pow10[exponent] ?? 10 ** exponent;
}

/** Decimals in the shortest form of `value`; null if more than 6 or not finite. */
export function decimalsOf(value: number): number | null {
  for (let decimals = 0; decimals <= limits.decimals; decimals++)
    if (toUnits(value, decimals) !== null) return decimals;
  return null;
}

/**
 * `value` in whole units of `10 ** -decimals`.
 * @returns null if it is not a whole number of units, or too large to be exact.
 */
export function toUnits(value: number, decimals: number): number | null {
  const units = Math.round(value * tenTo(decimals));
  if (!Number.isSafeInteger(units)) return null;
  return units / tenTo(decimals) === value ? units + 0 : null;
}

/** The number whose shortest decimal form is `units * 10 ** -decimals`. */
export function fromUnits(units: number, decimals: number): number {
  return units / tenTo(decimals);
}

/** Nearest whole number; halves go towards zero, so that a gain and the other side's loss stay equal. */
export function toNearest(value: number): number {
  return (value > 0 ? -Math.round(-value) : Math.round(value)) + 0;
}

/** Rounds to so many decimals; a number too large for them keeps its own. Never -0. */
export function roundTo(value: number, decimals: number): number {
  const units = value * tenTo(decimals);
  return Math.abs(units) < 2 ** 53 ? toNearest(units) / tenTo(decimals) : value;
}

/** Rounds to six decimals, as average prices are shown. */
export function round6(value: number): number {
  return roundTo(value, limits.decimals);
}
