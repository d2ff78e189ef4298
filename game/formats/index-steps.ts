/** Steps of an index that moves at random: each goes up or down by a size that everybody knows. */

import type { Card } from "#protocol";
import { numberCard } from "../dealing/cards.ts";
import type { SeededStream } from "../dealing/random.ts";
import { certain, oneOf, plus, type Distribution } from "../fair/distribution.ts";

/** Draws the steps. @param sizes of the steps, in points, above 0 */
export function drawSteps(stream: SeededStream, sizes: readonly number[]): Card[] {
  return sizes.map((size, at) => {
    const isUp = stream.below(2) === 1;
    return numberCard(at + 1, isUp ? size : -size, `${isUp ? "+" : "−"}${size}`);
  });
}

/** The distribution of the index after steps of these sizes. */
export function afterSteps(level: number, sizes: readonly number[]): Distribution {
  return sizes.reduce((sum, size) => plus(sum, oneOf([-size, size])), certain(level));
}
