/** The path of a price: trades in bounded memory, thinned by time as the exchange thins its own. Knows no chart. */

/** Time in Unix ms, and price of a trade. */
export type PathPoint = readonly [ts: number, price: number];

/** Points of a path that the exchange sends at most, and that are left when a page thins its own. */
const KEPT = 500;

/** Adds fresh points, oldest first. A path that has twice as many points as the exchange's is thinned. */
export function lengthen(
  path: readonly PathPoint[],
  fresh: readonly PathPoint[],
): readonly PathPoint[] {
  const longer = [...path, ...fresh];
  return longer.length <= 2 * KEPT ? longer : thinned(longer);
}

/**
 * Keeps the first point of all, and the last one of each interval of 1, 2, 4 ... ms: the shortest that leave few enough.
 * Intervals begin at whole multiples of their length, so whoever thins later keeps points that all others keep.
 */
function thinned(path: readonly PathPoint[]): readonly PathPoint[] {
  for (let ms = 1; ; ms *= 2) {
    const interval = (index: number) => Math.floor((path[index]?.[0] ?? Infinity) / ms);
    const kept = path.filter((_, at) => at === 0 || interval(at) !== interval(at + 1));
    if (kept.length <= KEPT) return kept;
  }
}
