/** Prices on the tick grid of an instrument. */

/** The nearest price on the grid that is not above (`down`) or not below (`up`). Without noise of floating point. */
export function onTick(price: number, tick: number, way: "down" | "up"): number {
  // A price that is on the grid already may be a hair beside it.
  const slack = 1e-9;
  const ticks = way === "down" ? Math.floor(price / tick + slack) : Math.ceil(price / tick - slack);
  return Number((ticks * tick).toFixed(8));
}
