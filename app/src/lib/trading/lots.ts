/** Quantities in whole lots. */

/** The nearest quantity that is a multiple of the lot, and at least one lot. */
export function toLot(qty: number, lot: number): number {
  return Math.max(lot, Math.round(qty / lot) * lot);
}

/** As much of a quantity as a limit of the order allows, in whole lots. */
export function atMost(qty: number, most: number, lot: number): number {
  return qty <= most ? qty : Math.floor(most / lot) * lot;
}

/** So many steps from a quantity, at least one. The first goes to the next whole step, so that odd sizes come in line. */
export function stepQty(qty: number, steps: number, step: number): number {
  const from = steps > 0 ? Math.floor(qty / step) : Math.ceil(qty / step);
  return Math.max(1, from + steps) * step;
}

/** The greatest whole number that both are multiples of. */
export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
