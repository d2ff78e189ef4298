/**
 * The tick grid of an instrument: prices as whole ticks, which can be compared, stepped and used as keys exactly.
 * Knows nothing of orders and screens.
 */

/** Distance from a grid point, in ticks, up to which a price counts as on it. */
const ON_GRID = 1e-4;

export class TickGrid {
  readonly tick: number;
  readonly decimals: number;

  constructor(tick: number) {
    this.tick = tick;
    this.decimals = decimalsOf(tick);
  }

  /** The nearest grid point, in ticks. */
  ticks(price: number): number {
    return Math.round(price / this.tick) + 0;
  }

  price(ticks: number): number {
    return Number((ticks * this.tick).toFixed(this.decimals)) + 0;
  }

  holds(price: number): boolean {
    return Math.abs(price / this.tick - this.ticks(price)) < ON_GRID;
  }

  /** The grid prices just below and above a price that is off the grid. */
  around(price: number): readonly [number, number] {
    const below = Math.floor(price / this.tick + ON_GRID);
    return [below, below + 1];
  }
}

const grids = new Map<number, TickGrid>();

/** The grid of a tick size, the same object each time. */
export function gridOf(tick: number): TickGrid {
  let grid = grids.get(tick);
  if (grid === undefined) grids.set(tick, (grid = new TickGrid(tick)));
  return grid;
}

export interface TickRange {
  readonly min: number;
  readonly max: number;
}

/** An instrument's bounds in ticks. */
export function tickRange(instrument: {
  tick_size: number;
  min_price: number;
  max_price: number;
}): TickRange {
  const grid = gridOf(instrument.tick_size);
  return { min: grid.ticks(instrument.min_price), max: grid.ticks(instrument.max_price) };
}

export const MAX_DECIMALS = 6;

/** Number of decimals of prices with this tick: 0.25 -> 2, 5 -> 0. */
export function decimalsOf(tick: number): number {
  for (let decimals = 0; decimals < MAX_DECIMALS; decimals++) {
    const scaled = tick * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-9 * Math.max(1, scaled)) return decimals;
  }
  return MAX_DECIMALS;
}

/** The key of a price, in whole millionths, so that rounding errors of doubles do not matter. */
export function priceKey(price: number): string {
  return String(Math.round(price * 1e6) + 0);
}

/** Rounds off the errors of doubles in a price: 0.1 + 0.2 -> 0.3. */
export function tidy(price: number): number {
  return Math.round(price * 1e6) / 1e6 + 0;
}

/** The nearest price on the tick grid. */
export function snapToTick(price: number, tick: number): number {
  return tidy(Math.round(price / tick) * tick);
}

/** The price `steps` ticks away; the first step of a price off the grid goes to the next grid price. */
export function stepByTick(price: number, tick: number, steps: number): number {
  const ticks = price / tick;
  const onGrid = Math.abs(ticks - Math.round(ticks)) < 1e-6;
  const from = onGrid ? Math.round(ticks) : steps > 0 ? Math.floor(ticks) : Math.ceil(ticks);
  return tidy((from + steps) * tick);
}
