/** The distribution of a sum of cards, of which some are known and the others were drawn from the rest of the deck. */

import type { Card } from "#protocol";
import { unknownCards, type Known } from "../dealing/deal.ts";
import { shifted, sumOfDraw, type Distribution } from "./distribution.ts";

/**
 * @param deck all cards of the game
 * @param counting the known cards that count
 * @param hidden how many cards that count are not known
 * @param pointsOf the points of a card in this sum; by default its value
 */
export function sumOfCards(
  deck: readonly Card[],
  known: Known,
  counting: readonly Card[],
  hidden: number,
  pointsOf: (card: Card) => number = ({ value }) => value,
): Distribution {
  const points = unknownCards(deck, known).map(pointsOf);
  const sum = counting.reduce((total, card) => total + pointsOf(card), 0);
  return shifted(sumOfDraw(points, hidden), sum);
}
