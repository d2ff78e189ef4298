/**
 * The tick grid of an instrument: prices as whole ticks, which can be compared, stepped and used as keys exactly.
 * Knows nothing of orders and screens.
 */

import type { Side } from "#protocol";

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

  /** The row of a ladder in which a price of this side stands: here its tick. */
  rowOf(price: number, _side: Side): number {
    return this.ticks(price);
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

/**
 * A grid with several ticks in a row, as a ladder groups them. A bid stands in the row whose price is no higher, an ask
 * in the row whose price is no lower, so that no row shows both: an order at a row's price reaches what the rows show up
 * to it, and no more. Other prices stand with the bids. In this class `ticks()` gives the number of a row, and `price()` takes one.
 */
export class RowGrid extends TickGrid {
  readonly group: number;
  readonly #range: TickRange;

  /** @param range the instrument's bounds in ticks: the rows at its ends have the bounds as their prices */
  constructor(tick: number, group: number, range: TickRange) {
    super(tick);
    this.group = group;
    this.#range = range;
  }

  /** The rows within the bounds. */
  get rows(): TickRange {
    const { min, max } = this.#range;
    return { min: Math.floor(min / this.group) + 0, max: Math.ceil(max / this.group) + 0 };
  }

  override rowOf(price: number, side: Side): number {
    const row = super.ticks(price) / this.group;
    return (side === "buy" ? Math.floor(row) : Math.ceil(row)) + 0;
  }

  override ticks(price: number): number {
    return this.rowOf(price, "buy");
  }

  /** The price of a row: orders are entered at it. */
  override price(row: number): number {
    return super.price(this.#within(row * this.group));
  }

  /** The lowest and the highest price of this side in a row. */
  span(row: number, side: Side): readonly [number, number] {
    const at = row * this.group;
    const [low, high] = side === "buy" ? [at, at + this.group - 1] : [at - this.group + 1, at];
    return [super.price(this.#within(low)), super.price(this.#within(high))];
  }

  #within(ticks: number): number {
    return Math.min(Math.max(ticks, this.#range.min), this.#range.max);
  }
}

/** Numbers of ticks that a ladder may show in a row. */
const groups = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;
const LEAST_ROWS = 10;

/** The numbers of ticks in a row that leave a ladder some rows. */
export function groupsFor({ min, max }: TickRange): number[] {
  return groups.filter((group) => group === 1 || (max - min) / group >= LEAST_ROWS);
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

/** The least of 1, 2, 5, 10, 20, 50 and so on that is no less than a whole number; zero for none. */
export function roundUp(whole: number): number {
  if (whole <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(whole));
  return unit * ([1, 2, 5, 10].find((step) => step * unit >= whole) ?? 10);
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
