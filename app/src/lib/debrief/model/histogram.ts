/** A distribution as bins of equal width, with zero at an edge: gains and losses share no bin. */

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** @param most bins, about */
export function histogram(values: readonly number[], most: number): Bin[] {
  if (values.length === 0) return [];
  const low = Math.min(...values, 0);
  const high = Math.max(...values, 0);
  const rough = (high - low) / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const width = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  const first = Math.floor(low / width + 1e-9);
  // A value at an upper edge belongs to the bin that begins there, so there is one more for the highest.
  const last = Math.max(first, Math.floor(high / width + 1e-9));
  return Array.from({ length: last - first + 1 }, (_, nth) => {
    const from = Number(((first + nth) * width).toPrecision(12));
    const to = Number(((first + nth + 1) * width).toPrecision(12));
    const count = values.filter((value) => value >= from && value < to).length;
    return { from, to, count };
  });
}
