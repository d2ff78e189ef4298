/**
 * Values an option under a view of its underlying's settlement. Knows no room and no screen.
 *
 * A view is a normal distribution with a mean and a standard deviation in price units: prices may be negative, and
 * neither time nor interest matters. With d = (mean - strike) / sd a call is worth (mean - strike) · Φ(d) + sd · φ(d),
 * and a put less than that by mean - strike. The host's price bounds of the underlying are ignored: the distribution
 * has none.
 *
 * Source: L. Bachelier, Théorie de la spéculation, Annales scientifiques de l'École Normale Supérieure 17 (1900).
 */

import type { Side } from "#protocol";

/** A view as the trader entered it. Without a mean it follows the market; without a deviation options have no value. */
export interface TraderView {
  readonly mean: number | null;
  readonly sd: number | null;
}

export interface Theory {
  readonly value: number;
  /** Change of the value with the mean. */
  readonly delta: number;
}

/** Number of deviations beyond which the probability is zero in double precision. */
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

/** @param sd not negative; at 0 the option is worth its payout at the mean */
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
  // Call and put get the same addition: parity holds exactly, and no value is below `pays`.
  const away = Math.abs(d);
  return { value: pays + Math.max(0, sd * (density(away) - away * normalBelow(-away))), delta };
}

/** Gain of a trade at this price, a unit, if the value is right. */
export function edgeAt(side: Side, value: number, price: number): number {
  return side === "buy" ? value - price : price - value;
}
