/**
 * Keeps the trades of an instrument in bounded memory, with bounded work a trade: sums, the quantity at each price, and
 * a thinned path of the price. Follows from the journal's trades alone, so everybody sees the same.
 */

import { limits } from "#protocol";
import { fromUnits, toUnits } from "../units/decimals.ts";

/** Prices are as they were traded, also after a change of the tick. */
export interface Traded {
  /** Contracts. */
  volume: number;
  trades: number;
  first: number | null;
  high: number | null;
  low: number | null;
  /** Quantity at each price, the lowest first. */
  prices: number[];
  quantities: number[];
  /** Width of a group of prices that stands at its lowest one; 0: each price stands by itself. */
  groupSize: number;
  /** The path: when and at which price. */
  times: number[];
  path: number[];
  /** Length of the intervals of which the path keeps the last trade; 0: it keeps every trade. */
  intervalMs: number;
}

export function nothingTraded(): Traded {
  return {
    ...{ volume: 0, trades: 0, first: null, high: null, low: null },
    ...{ prices: [], quantities: [], groupSize: 0 },
    ...{ times: [], path: [], intervalMs: 0 },
  };
}

/** The present grid of the instrument. */
interface Grid {
  decimals: number;
  tickUnits: number;
}

export function countTraded(
  traded: Traded,
  { price, qty, ts }: { price: number; qty: number; ts: number },
  grid: Grid,
): void {
  traded.volume += qty;
  traded.trades++;
  traded.first ??= price;
  traded.high = Math.max(traded.high ?? price, price);
  traded.low = Math.min(traded.low ?? price, price);
  addQuantity(traded, price, qty, grid);
  addPoint(traded, price, ts);
}

function addQuantity(traded: Traded, price: number, qty: number, grid: Grid): void {
  const { prices, quantities } = traded;
  const group = groupOf(price, traded.groupSize, grid.decimals);
  const at = placeOf(prices, group);
  if (prices[at] === group) {
    quantities[at] = (quantities[at] ?? 0) + qty;
    return;
  }
  prices.splice(at, 0, group);
  quantities.splice(at, 0, qty);
  while (traded.prices.length > limits.historyPrices) widenGroups(traded, grid);
}

/** Index of the price in the ascending list, or the one at which it belongs. */
function placeOf(prices: readonly number[], price: number): number {
  let [low, high] = [0, prices.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((prices[middle] ?? Infinity) < price) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lowest price of the group that the price belongs to. */
function groupOf(price: number, groupSize: number, decimals: number): number {
  if (groupSize === 0) return price;
  const [units, size] = [toUnits(price, decimals), toUnits(groupSize, decimals)];
  if (units === null || size === null) return Math.floor(price / groupSize) * groupSize;
  return fromUnits(Math.floor(units / size) * size, decimals) + 0;
}

/** Puts prices together by groups of twice the width, at first of two ticks. */
function widenGroups(traded: Traded, { decimals, tickUnits }: Grid): void {
  const { groupSize } = traded;
  traded.groupSize = groupSize === 0 ? fromUnits(2 * tickUnits, decimals) : 2 * groupSize;
  const sums = new Map<number, number>();
  for (const [index, price] of traded.prices.entries()) {
    const group = groupOf(price, traded.groupSize, decimals);
    sums.set(group, (sums.get(group) ?? 0) + (traded.quantities[index] ?? 0));
  }
  traded.prices = [...sums.keys()];
  traded.quantities = [...sums.values()];
}

/** The first trade stays for good, and the last one is always there. */
function addPoint(traded: Traded, price: number, ts: number): void {
  const { times, path } = traded;
  const last = times.length - 1;
  const isSame = last > 0 && isSameInterval(traded, times[last] ?? 0, ts);
  const at = isSame ? last : last + 1;
  times[at] = ts;
  path[at] = price;
  while (traded.times.length > limits.historyPoints) thin(traded);
}

function isSameInterval({ intervalMs }: Traded, one: number, other: number): boolean {
  return intervalMs > 0 && Math.floor(one / intervalMs) === Math.floor(other / intervalMs);
}

/** Doubles the intervals, and keeps the last trade of each beside the first of all. */
function thin(traded: Traded): void {
  traded.intervalMs = Math.max(1, 2 * traded.intervalMs);
  const { times, path } = traded;
  const kept = [...times.keys()].filter((index) => {
    const next = times[index + 1];
    return index === 0 || next === undefined || !isSameInterval(traded, times[index] ?? 0, next);
  });
  traded.times = kept.map((index) => times[index] ?? 0);
  traded.path = kept.map((index) => path[index] ?? 0);
}
