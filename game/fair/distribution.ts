/** Distributions of whole numbers, and how they are counted: sums of cards drawn without putting back, of dice and steps. */

/** Probabilities of `from`, `from + 1`, ... */
export interface Distribution {
  readonly from: number;
  readonly chances: Readonly<Float64Array>;
}

export interface Moments {
  mean: number;
  /** Standard deviation. */
  sd: number;
}

export function certain(value: number): Distribution {
  return { from: value, chances: Float64Array.of(1) };
}

export function shifted({ from, chances }: Distribution, by: number): Distribution {
  return { from: from + by, chances };
}

/** One of `values`, each as likely as the others. */
export function oneOf(values: readonly number[]): Distribution {
  const from = Math.min(...values);
  const chances = new Float64Array(Math.max(...values) - from + 1);
  for (const value of values)
    chances[value - from] = (chances[value - from] as number) + 1 / values.length;
  return { from, chances };
}

/** The sum of two independent numbers. */
export function plus(a: Distribution, b: Distribution): Distribution {
  const sums = new Float64Array(a.chances.length + b.chances.length - 1);
  for (let at = 0; at < b.chances.length; at++) {
    const chance = b.chances[at] as number;
    // A step of an index has two places, and nothing between.
    if (chance > 0) addRow(sums, a.chances, a.chances.length, at, chance);
  }
  return { from: a.from + b.from, chances: sums };
}

/** The sum of dice whose faces count from 1. */
export function sumOfDice(faces: number, count: number): Distribution {
  const most = (faces - 1) * count + 1;
  // Two rows in turn: one for each die would be many large ones.
  let [chances, more] = [new Float64Array(most), new Float64Array(most)];
  chances[0] = 1;
  for (let dice = 1; dice <= count; dice++) {
    addDie(more, chances, faces, (faces - 1) * dice);
    [chances, more] = [more, chances];
  }
  return { from: count, chances };
}

/**
 * One more die: the chance of each sum is the mean of those that lie up to `faces` below it, and chances are symmetric.
 * @param last place of the greatest sum
 */
function addDie(more: Float64Array, chances: Float64Array, faces: number, last: number): void {
  let sum = 0;
  // Up to the middle no sum is likelier than the next: nothing that was added is lost when it is taken off.
  for (let at = 0; at <= last - at; at++) {
    sum += chances[at] as number;
    if (at >= faces) sum -= chances[at - faces] as number;
    more[at] = sum / faces;
    more[last - at] = sum / faces;
  }
}

/**
 * The sum of `drawn` numbers, drawn from `values` without putting back. Counted exactly: the draws that lead to each sum are
 * counted. Some thousand values are as many as a float can count.
 * @param values whole numbers
 */
export function sumOfDraw(values: readonly number[], drawn: number): Distribution {
  // Drawing what goes is the same as drawing what stays, which may be less.
  if (drawn > values.length / 2) {
    const total = values.reduce((sum, value) => sum + value, 0);
    return mirrored(sumOfDraw(values, values.length - drawn), total);
  }
  if (drawn === 0) return certain(0);
  // Values from 0 up, the small ones first: both keep the rows short.
  const sorted = Float64Array.from(values).sort();
  const least = sorted[0] as number;
  const lengths = rowLengths(sorted, least, drawn);
  // Row k counts the draws of k numbers by their sum, among the values gone through so far.
  const rows = lengths.map((length) => new Float64Array(length));
  (rows[0] as Float64Array)[0] = 1;
  const filled: number[] = lengths.map((_, k) => (k === 0 ? 1 : 0));
  for (let at = 0; at < sorted.length; at++) {
    const value = (sorted[at] as number) - least;
    const left = sorted.length - at - 1;
    // Draws of fewer numbers lead nowhere: too few are left.
    const fewest = Math.max(1, drawn - left);
    for (let k = Math.min(at + 1, drawn); k >= fewest; k--) {
      const before = filled[k - 1] as number;
      addRow(rows[k] as Float64Array, rows[k - 1] as Float64Array, before, value, 1);
      filled[k] = before + value;
    }
  }
  return { from: drawn * least, chances: toChances(rows[drawn] as Float64Array) };
}

/** Sums that up to `drawn` of the values can have, above so many times the least one. @param sorted from the least one up */
function rowLengths(sorted: Readonly<Float64Array>, least: number, drawn: number): number[] {
  const lengths = [1];
  for (let k = 1; k <= drawn; k++)
    lengths.push((lengths[k - 1] as number) + (sorted[sorted.length - k] as number) - least);
  return lengths;
}

/** Adds the first numbers of a row, `by` places on, each so many times. */
function addRow(
  sums: Float64Array,
  row: Readonly<Float64Array>,
  length: number,
  by: number,
  times: number,
): void {
  for (let at = 0; at < length; at++)
    sums[at + by] = (sums[at + by] as number) + times * (row[at] as number);
}

/** The numbers of ways to choose 0, 1, ... `n` out of `n`. */
export function binomials(n: number): number[] {
  const ways = [1];
  for (let k = 1; k <= n; k++) ways.push(((ways[k - 1] as number) * (n - k + 1)) / k);
  return ways;
}

/** Mean and standard deviation of a function of the number, by default of itself. */
export function momentsOf(
  { from, chances }: Distribution,
  payoff: (value: number) => number = (value) => value,
): Moments {
  // By index: an iterator would take several times as long.
  let mean = 0;
  for (let at = 0; at < chances.length; at++) mean += (chances[at] as number) * payoff(from + at);
  let variance = 0;
  for (let at = 0; at < chances.length; at++)
    variance += (chances[at] as number) * (payoff(from + at) - mean) ** 2;
  return { mean, sd: Math.sqrt(variance) };
}

/** The least and the greatest number that can come. */
export function supportOf({ from, chances }: Distribution): { least: number; greatest: number } {
  const first = chances.findIndex((chance) => chance > 0);
  const last = chances.findLastIndex((chance) => chance > 0);
  return { least: from + first, greatest: from + last };
}

/** The distribution of `total` less the number. */
function mirrored({ from, chances }: Distribution, total: number): Distribution {
  return { from: total - from - chances.length + 1, chances: chances.toReversed() };
}

function toChances(counts: Float64Array): Float64Array {
  let all = 0;
  for (let at = 0; at < counts.length; at++) all += counts[at] as number;
  for (let at = 0; at < counts.length; at++) counts[at] = (counts[at] as number) / all;
  return counts;
}
