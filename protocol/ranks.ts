/** Places on a leaderboard: equals share one. */

/**
 * @param values in the order of the places
 * @returns the place of each: after two who share the second comes the fourth
 */
export function ranksOf(values: readonly number[]): number[] {
  let place = 0;
  return values.map((value, index) =>
    index > 0 && values[index - 1] === value ? place : (place = index + 1),
  );
}
