/**
 * The tick grid of an instrument: prices as whole ticks, so that they compare, key and step exactly.
 * Knows nothing of orders or screens.
 */

import { decimalsOf, formatPrice } from "#lib/format.ts";

/** How far from a grid point a price may be, in ticks, and still count as on it. */
const ON_GRID = 1e-4;

export class TickGrid {
  readonly tick: number;
  readonly decimals: number;

  constructor(tick: number) {
    this.tick = tick;
    this.decimals = decimalsOf(tick);
  }

  /** The nearest grid point. */
  ticks(price: number): number {
    return Math.round(price / this.tick) + 0;
  }

  price(ticks: number): number {
    return Number((ticks * this.tick).toFixed(this.decimals)) + 0;
  }

  /** With the tick's decimals, always. */
  text(ticks: number): string {
    return formatPrice(this.price(ticks), this.tick);
  }

  holds(price: number): boolean {
    return Math.abs(price / this.tick - this.ticks(price)) < ON_GRID;
  }

  /** Grid points just below and just above a price that is off the grid. */
  around(price: number): readonly [number, number] {
    const below = Math.floor(price / this.tick + ON_GRID);
    return [below, below + 1];
  }
}

const grids = new Map<number, TickGrid>();

/** One grid object a tick size. */
export function gridOf(tick: number): TickGrid {
  let grid = grids.get(tick);
  if (grid === undefined) grids.set(tick, (grid = new TickGrid(tick)));
  return grid;
}
