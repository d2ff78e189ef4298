/** A path over time, read at any moment, and as equally long slots for a chart. Knows no chart. */

/** A moment in Unix ms, and the value from then on. */
type Point = readonly [ms: number, value: number];

/** The value that holds at a moment: that of the last point before it, or at it; null before the first. */
export function valueAt(points: readonly Point[], ms: number): number | null {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return points[low - 1]?.[1] ?? null;
}

/** Beginning and end of several paths together; null: none has a point. */
export function spanOf(
  paths: readonly (readonly Point[])[],
): readonly [from: number, to: number] | null {
  const firsts = paths.flatMap((path) => path[0]?.[0] ?? []);
  const lasts = paths.flatMap((path) => path.at(-1)?.[0] ?? []);
  return firsts.length === 0 ? null : [Math.min(...firsts), Math.max(...lasts)];
}

/** Slots of a span of time, and the value that holds at the end of each. */
export function slotted(
  points: readonly Point[],
  [from, to]: readonly [number, number],
  slots: number,
): { ms: number; value: number | null }[] {
  const step = Math.max(1, to - from) / slots;
  return Array.from({ length: slots + 1 }, (_, nth) => {
    const ms = from + nth * step;
    return { ms, value: valueAt(points, ms) };
  });
}
