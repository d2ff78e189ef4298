/** Rounds quantities to whole lots and steps. */

/** The nearest quantity that is a multiple of the lot, and at least one lot. */
export function toLot(qty: number, lot: number): number {
  return Math.max(lot, Math.round(qty / lot) * lot);
}

/** A quantity, or the most whole lots within a limit. */
export function atMost(qty: number, most: number, lot: number): number {
  return qty <= most ? qty : Math.floor(most / lot) * lot;
}

/**
 * A quantity changed by a number of steps, and at least one step. The first step goes to the next multiple of the step.
 */
export function stepQty(qty: number, steps: number, step: number): number {
  const from = steps > 0 ? Math.floor(qty / step) : Math.ceil(qty / step);
  return Math.max(1, from + steps) * step;
}

/** The greatest common divisor. */
export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
