/** Geometry of the price chart: round price lines, and where a trade stands. Knows no canvas. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Distance of the lines. */
  readonly step: number;
}

/** The least of 1, 2, 5, 10, 20, 50 ... that is at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((n) => n * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** A scale in ticks that holds all of them with a margin, with about `lines` lines on whole ticks. */
export function scaleOf(ticks: readonly number[], lines: number): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const t of ticks) {
    if (t < low) low = t;
    if (t > high) high = t;
  }
  if (low > high) return { low: -1, high: 1, step: 1 };
  const step = Math.max(1, roundStep(Math.max(1, (high - low) / lines)));
  return { low: low - step, high: high + step, step };
}

/** Whole multiples of the step inside the scale, lowest first. */
export function linesOf({ low, high, step }: Scale): number[] {
  const lines: number[] = [];
  for (let t = Math.ceil(low / step) * step; t <= high; t += step) lines.push(t + 0);
  return lines;
}

/** Height in pixels, higher prices further up. */
export function yOf(ticks: number, { low, high }: Scale, height: number): number {
  return height - ((ticks - low) / (high - low)) * height;
}
