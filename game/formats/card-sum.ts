/** The sum of everybody's cards and the table's, with calls and puts on it. */

import * as v from "valibot";
import { deckSize, ordinaryDecks } from "../dealing/cards.ts";
import { dealFrom } from "../dealing/deal.ts";
import { sumOfCards } from "../fair/of-cards.ts";
import { format } from "./format.ts";
import { count, everyRound, revealSeconds, tradeSeconds, yesNo } from "./params.ts";
import { allCards, counted, roundRules, total } from "./shared.ts";
import { brief, dealStep, settleAndReview, tradeStep, turnedOneByOne } from "./steps.ts";

/** Most cards of a game: eight decks, whose sums can be counted in some milliseconds. */
const cardsMost = 8 * deckSize;

export const cardSum = format(
  {
    id: "card_sum",
    title: "Sum of the cards",
    summary: "Everybody holds two cards. What do all cards and the table add up to?",
    minutes: 8,
    seats: { min: 2, max: 200 },
    teaches: ["fair value", "information", "options"],
    params: v.object({
      cards_each: count(2, 1, 10, "Cards of each player."),
      table: count(3, 0, 10, "Cards of the table, turned one at a time."),
      signed: yesNo(false, "Hearts and diamonds count negative."),
      options: yesNo(true, "Calls and puts on the sum are listed."),
      trade_seconds: tradeSeconds,
      reveal_seconds: revealSeconds,
      ...everyRound,
    }),
    notes: `Before: what is one card worth on average, and what are all of them? By how much does your own hand move that?
After: who traded on the own hand, and who followed the price? Compare the last price before each reveal with the fair value then. Options: whose calls were dear, and when?`,
  },
  ({ cards_each: each, table, signed, options, quoting, rules, ...seconds }) => {
    const explanation = explanationOf(each, table, signed, options);
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      refusal: (seats) =>
        seats * each + table > cardsMost
          ? `${seats} seats need more than ${cardsMost} cards.`
          : null,
      deal: (stream, seats) => {
        const cards = seats * each + table;
        const deck = ordinaryDecks(Math.ceil(cards / deckSize), signed);
        const deal = dealFrom(stream.shuffled(deck), seats, each, table);
        return {
          deal,
          script: [
            brief(`${counted(cards, "card")} are in play. ${explanation}`),
            dealStep("Look at your own cards. Nobody else sees them."),
            tradeStep(seconds.trade_seconds, "Trade SUM. Your own hand says something about it."),
            ...turnedOneByOne(table, "A card of the table is turned.", seconds),
            ...settleAndReview("All cards are shown. SUM settles at their total."),
          ],
          scalars: [
            {
              symbol: "SUM",
              description: `Total of ${counted(cards, "card")}: all hands and the table`,
              hasOptions: options,
            },
          ],
          fair: (_, known) => {
            const counting = allCards(known);
            return sumOfCards(deck, known, counting, cards - counting.length);
          },
          settlement: () => total(allCards(deal)),
        };
      },
    };
  },
);

function explanationOf(each: number, table: number, signed: boolean, options: boolean): string {
  return [
    `Each player holds ${counted(each, "card")}.`,
    table === 1
      ? "1 card lies face down on the table and is turned in the course of the round."
      : `${table} cards lie face down on the table and are turned one at a time.`,
    `An ace counts 1, a jack 11, a queen 12, a king 13${signed ? "; hearts and diamonds count negative" : ""}.`,
    "SUM settles at the total of all hands and the table.",
    `A card is worth ${signed ? 0 : 7} on average: your own hand tells you more.`,
    options ? "A call pays the points of SUM above its strike, a put those below." : "",
  ]
    .join(" ")
    .trim();
}
