/** A future on each suit: what is in the hands is missing in the piles. */

import * as v from "valibot";
import type { Card } from "#protocol";
import { deckSize, isRed, ordinaryDecks, suitOf, suits as suitNames } from "../dealing/cards.ts";
import { dealFrom } from "../dealing/deal.ts";
import { sumOfCards } from "../fair/of-cards.ts";
import { format } from "./format.ts";
import { count, everyRound, revealSeconds, tradeSeconds } from "./params.ts";
import { counted, roundRules } from "./shared.ts";
import { brief, dealStep, revealsAndTrades, settleAndReview, tradeStep } from "./steps.ts";

const deck = ordinaryDecks(1);

/** The points of a card in each scalar: its rank, in that of its suit and in that of its colour. */
const pointsIn: readonly ((card: Card) => number)[] = [
  ...suitNames.map((suit) => (card: Card) => (suitOf(card) === suit ? card.value : 0)),
  (card) => {
    const suit = suitOf(card);
    return suit !== null && isRed(suit) ? card.value : 0;
  },
];

const scalars = [
  ...suitNames.map((suit, at) => ({
    symbol: suit.toUpperCase(),
    description: `Sum of the ranks of ${suit} in the piles`,
    hasOptions: at === 0,
  })),
  { symbol: "RED", description: "Sum of the ranks of diamonds and hearts in the piles" },
];

export const suits = format(
  {
    id: "suits",
    title: "Suits",
    summary: "A future on each suit of the piles: the cards in your hand are missing there.",
    minutes: 12,
    seats: { min: 2, max: 12 },
    teaches: ["negative information", "relative value", "index arbitrage", "options"],
    params: v.object({
      cards_each: count(4, 1, 10, "Cards of each player."),
      piles: count(4, 1, 10, "Piles, turned one after the other."),
      trade_seconds: tradeSeconds,
      reveal_seconds: revealSeconds,
      ...everyRound,
    }),
    notes: `Before: a suit adds up to 91. If you hold its king, are you a buyer or a seller? What must RED be worth beside DIAMONDS and HEARTS?
After: did RED ever trade away from DIAMONDS + HEARTS, and who took the difference? Whose hand said most, and did the price show it?`,
  },
  ({ cards_each: each, piles, quoting, rules, ...seconds }) => {
    const explanation = `Each player holds ${counted(each, "card")} of one deck; all the others form ${counted(piles, "pile")}, turned one a period. CLUBS, DIAMONDS, HEARTS and SPADES settle at the sum of that suit's ranks in the piles (ace 1, king 13), RED at diamonds and hearts together. A card in your hand is not in the piles: it lowers its suit.`;
    const pileCards = (seats: number) => deckSize - seats * each;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      refusal: (seats) =>
        pileCards(seats) < piles
          ? `${seats} seats with ${counted(each, "card")} leave too few cards for ${counted(piles, "pile")}.`
          : null,
      deal: (stream, seats) => {
        const inPiles = pileCards(seats);
        const deal = dealFrom(stream.shuffled(deck), seats, each, inPiles);
        const turned = pileSizes(inPiles, piles).map((cards, at) => ({
          title: `Pile ${at + 1} of ${piles}`,
          text: `A pile of ${counted(cards, "card")} is turned.`,
          reveals: cards,
        }));
        return {
          deal,
          script: [
            brief(explanation),
            dealStep("Look at your own cards. They are missing in the piles."),
            tradeStep(seconds.trade_seconds, "Trade the suits on what your own cards say."),
            ...revealsAndTrades(turned, seconds),
            ...settleAndReview("All piles are open. Each suit settles at the sum of its ranks."),
          ],
          scalars,
          fair: (scalar, known) =>
            sumOfCards(deck, known, known.table, inPiles - known.table.length, pointsIn[scalar]),
          settlement: (scalar) =>
            deal.table.reduce((sum, card) => sum + (pointsIn[scalar]?.(card) ?? 0), 0),
        };
      },
    };
  },
);

/** Sizes of the piles: as equal as can be, the larger ones first. */
function pileSizes(cards: number, piles: number): number[] {
  return Array.from(
    { length: piles },
    (_, at) => Math.floor(cards / piles) + (at < cards % piles ? 1 : 0),
  );
}
