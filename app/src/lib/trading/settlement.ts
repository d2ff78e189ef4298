/**
 * What a whole position in an underlying and its options is worth at settlement, by the settlement value: straight
 * lines between the strikes, so its worst and best are at a strike, at a bound, or endless.
 */

import { limits, type Instrument } from "#protocol";
import { payoffAt as worthAt } from "#lib/payoff.ts";

/** A position with the cash that it has cost or brought so far: realised less what was paid for what is open. */
export interface Leg {
  readonly instrument: Pick<Instrument, "type" | "strike" | "tick_value">;
  readonly qty: number;
  readonly vwap: number;
  readonly realized: number;
}

/** Where a settlement may lie; infinite where nothing bounds it. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export interface Extreme {
  /** Infinite where it has no limit. */
  readonly money: number;
  readonly at: number;
}

export function legPayoff({ instrument, qty, vwap, realized }: Leg, settlement: number): number {
  return realized + qty * (worthAt(instrument, settlement) - vwap) * instrument.tick_value;
}

export function payoffAt(legs: readonly Leg[], settlement: number): number {
  return legs.reduce((sum, leg) => sum + legPayoff(leg, settlement), 0);
}

/**
 * Bounds that somebody chose for the underlying's price are where its settlement is taken to lie (nothing but the
 * host's good sense keeps it there); the widest there are count as none.
 */
export function boundsOf({
  min_price,
  max_price,
  tick_size,
}: Pick<Instrument, "min_price" | "max_price" | "tick_size">): Bounds {
  const endless = limits.priceTicks * tick_size;
  return {
    min: min_price <= -endless ? -Infinity : min_price,
    max: max_price >= endless ? Infinity : max_price,
  };
}

/** The settlements at which a payoff can turn: strikes and finite bounds, zero where there are neither. */
export function turningPoints(legs: readonly Leg[], bounds: Bounds): number[] {
  const kinks = legs.map((leg) => leg.instrument.strike).filter((strike) => strike !== null);
  const ends = [bounds.min, bounds.max].filter(Number.isFinite);
  return [...kinks, ...ends, ...(kinks.length + ends.length === 0 ? [0] : [])];
}

/** What the payoff gains beyond the last strike, by a point further up (`high`) or down (`low`), money. */
export function outwards(legs: readonly Leg[], end: "low" | "high"): number {
  return end === "high" ? slope(legs, "high") : -slope(legs, "low");
}

/** Slope of the payoff beyond the last strike, upwards or downwards, money a point. */
function slope(legs: readonly Leg[], end: "low" | "high"): number {
  const moves = { SCALAR: 1, CALL: end === "high" ? 1 : 0, PUT: end === "low" ? -1 : 0 };
  return legs.reduce((sum, { instrument, qty }) => {
    return sum + moves[instrument.type] * qty * instrument.tick_value;
  }, 0);
}

/** Worst and best over all settlements between the bounds. */
export function extremes(legs: readonly Leg[], bounds: Bounds): { worst: Extreme; best: Extreme } {
  const values: Extreme[] = turningPoints(legs, bounds).map((at) => ({
    at,
    money: payoffAt(legs, at),
  }));
  const [high, low] = [outwards(legs, "high"), outwards(legs, "low")];
  if (!Number.isFinite(bounds.max) && high !== 0)
    values.push({ at: Infinity, money: high * Infinity });
  if (!Number.isFinite(bounds.min) && low !== 0)
    values.push({ at: -Infinity, money: low * Infinity });
  const pick = (better: (a: number, b: number) => boolean) =>
    values.reduce((best, value) => (better(value.money, best.money) ? value : best));
  return { worst: pick((a, b) => a < b), best: pick((a, b) => a > b) };
}
