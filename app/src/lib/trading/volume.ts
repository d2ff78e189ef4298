/** Quantity traded at each price, in bounded memory, by the exchange's rule for putting prices together. */

import { tidy } from "./grid.ts";

/** Prices are in whole millionths, as `priceKey` writes them. */
export interface VolumeByPrice {
  readonly at: Map<string, number>;
  /** Width of the groups of prices, each at its lowest one; null: every price by itself. */
  readonly step: number | null;
}

/** Prices beyond which neighbours are put together. */
const PRICES = 500;

const MILLION = 1e6;

function groupOf(millionths: number, step: number | null): string {
  const width = step === null ? 1 : Math.round(step * MILLION);
  return String(Math.floor(millionths / width) * width + 0);
}

/** Adds a trade to the map. @returns the width of the groups from now on */
export function addVolume(
  { at, step }: VolumeByPrice,
  trade: { readonly price: number; readonly qty: number },
  tick: number,
): number | null {
  const key = groupOf(Math.round(trade.price * MILLION), step);
  at.set(key, (at.get(key) ?? 0) + trade.qty);
  while (at.size > PRICES) {
    step = step === null ? tidy(2 * tick) : tidy(2 * step);
    const all = [...at];
    at.clear();
    for (const [one, qty] of all) {
      const group = groupOf(Number(one), step);
      at.set(group, (at.get(group) ?? 0) + qty);
    }
  }
  return step;
}
