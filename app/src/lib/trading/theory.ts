/**
 * Values an option for somebody who holds a view of the settlement of its underlying. Knows no room and no screen.
 *
 * The view is a normal distribution with a mean and a standard deviation in price units: values here may be negative,
 * and there is neither time nor interest until the settlement. With d = (mean - strike) / sd a call is worth
 * (mean - strike) · Φ(d) + sd · φ(d), and a put as much less as the mean lies above the strike. Bounds that a host has
 * set for the underlying are not looked at: the distribution has none.
 *
 * Source: L. Bachelier, Théorie de la spéculation, Annales scientifiques de l'École Normale Supérieure 17 (1900).
 */

import type { Side } from "#protocol";

/** A view as the trader entered it; null: the mean follows the market, without a deviation options have no value. */
export interface TraderView {
  readonly mean: number | null;
  readonly sd: number | null;
}

export interface Theory {
  readonly value: number;
  /** By how much the value changes with the mean. */
  readonly delta: number;
}

/** Beyond so many deviations nothing is left that a double could tell from none. */
const FAR = 8;

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * The normal distribution function, to about 1e-15.
 * Source: G. Marsaglia, Evaluating the Normal Distribution, Journal of Statistical Software 11(4), 2004.
 */
export function normalBelow(x: number): number {
  if (x <= -FAR) return 0;
  if (x >= FAR) return 1;
  let [sum, before, term] = [x, 0, x];
  for (let i = 3; sum !== before; i += 2) {
    term *= (x * x) / i;
    before = sum;
    sum += term;
  }
  return 0.5 + sum * density(x);
}

/** @param sd not negative; at 0 the option is worth what it pays at the mean. */
export function optionTheory(
  type: "CALL" | "PUT",
  strike: number,
  mean: number,
  sd: number,
): Theory {
  const above = mean - strike;
  const pays = Math.max(0, type === "CALL" ? above : -above);
  const d = sd > 0 ? above / sd : Math.sign(above) * Infinity || 0;
  const callDelta = normalBelow(d);
  const delta = type === "CALL" ? callDelta : callDelta - 1;
  if (!(sd > 0)) return { value: pays, delta };
  // The uncertainty adds the same to both: so parity holds to the last digit, and nothing falls below `pays`.
  const away = Math.abs(d);
  return { value: pays + Math.max(0, sd * (density(away) - away * normalBelow(-away))), delta };
}

/** Gain of a trade at this price a unit, if the value is right. */
export function edgeAt(side: Side, value: number, price: number): number {
  return side === "buy" ? value - price : price - value;
}
