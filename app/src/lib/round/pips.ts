/** Places of the pips of a die, on a square of 30. */

const [low, middle, high] = [7, 15, 23];
const corners = [
  [low, low],
  [high, high],
  [high, low],
  [low, high],
  [low, middle],
  [high, middle],
] as const;

/** @returns null for a number that an ordinary die has not: it is written */
export function pipsOf(value: number): readonly (readonly [number, number])[] | null {
  if (!Number.isInteger(value) || value < 1 || value > 6) return null;
  const outer = corners.slice(0, value - (value % 2));
  return value % 2 === 1 ? [...outer, [middle, middle] as const] : outer;
}
