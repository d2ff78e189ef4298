/** Scales of charts: values to pixels, and round values to mark. Knows no screen. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Place of a value, in the unit of the length. */
  at(value: number): number;
}

/** @param length of the axis; a negative one runs the other way */
export function scale(low: number, high: number, length: number, from = 0): Scale {
  const span = high - low || 1;
  return { low, high, at: (value) => from + ((value - low) / span) * length };
}

/** Round values within the bounds, at most about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function roundValues(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || count < 1) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const values: number[] = [];
  for (let nth = first; nth * step <= high + step * 1e-9; nth++)
    values.push(Number((nth * step).toPrecision(12)) + 0);
  return values;
}

/** Bounds that hold all values and zero, with a little room. */
export function boundsWithZero(values: readonly number[]): readonly [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return low === high ? [-1, 1] : [low, high];
}
