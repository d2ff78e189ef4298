/** Equals share a place. */

import { expect, test } from "vitest";
import { ranksOf } from "./ranks.ts";

test.each([
  [[], []],
  [[5], [1]],
  [
    [9, 5, 5, 1],
    [1, 2, 2, 4],
  ],
  [
    [0, 0, 0],
    [1, 1, 1],
  ],
  [
    [3, 3, 2, 2, -1],
    [1, 1, 3, 3, 5],
  ],
])("%j has the places %j", (values, ranks) => {
  expect(ranksOf(values)).toEqual(ranks);
});
