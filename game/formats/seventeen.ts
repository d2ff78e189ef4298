/** Seventeen numbers, one a player and some on the table: two of them can turn everything. */

import * as v from "valibot";
import type { Card } from "#protocol";
import { numberCard } from "../dealing/cards.ts";
import { dealFrom } from "../dealing/deal.ts";
import { sumOfCards } from "../fair/of-cards.ts";
import { format } from "./format.ts";
import { count, everyRound, revealSeconds, tradeSeconds } from "./params.ts";
import { allCards, counted, roundRules, total } from "./shared.ts";
import { brief, dealStep, settleAndReview, tradeStep, turnedOneByOne } from "./steps.ts";

/** -10, 1 to 15, and 20. */
const values = [-10, ...Array.from({ length: 15 }, (_, at) => at + 1), 20];
export const seventeenDeck: readonly Card[] = values.map((value, at) => numberCard(at + 1, value));

export const seventeen = format(
  {
    id: "seventeen",
    title: "Seventeen",
    summary: "Seventeen cards, most of them harmless: who holds the -10 and the 20?",
    minutes: 8,
    seats: { min: 2, max: 16 },
    teaches: ["fair value", "asymmetric information", "two-sided prices"],
    params: v.object({
      table: count(3, 0, 8, "Cards in the middle, turned one at a time."),
      trade_seconds: tradeSeconds,
      reveal_seconds: revealSeconds,
      ...everyRound,
    }),
    notes: `Before: the seventeen numbers add up to 130. What are eight of them worth? How does the answer move for the player who holds the 20?
After: did a player with a common card quote differently from one with the -10 or the 20? Whose width said more than the mid?`,
  },
  ({ table, quoting, rules, ...seconds }) => {
    const explanation = `The deck has seventeen numbers: -10, 1 to 15, and 20. Each player gets one; ${counted(table, "card lies", "cards lie")} in the middle, to be turned. SUM settles at the total of all hands and the middle. A number is worth 130/17, some 7.65, on average.`;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      refusal: (seats) =>
        seats + table > values.length
          ? `${seats} seats and ${counted(table, "card")} in the middle are more than seventeen.`
          : null,
      deal: (stream, seats) => {
        const numbers = counted(seats + table, "number");
        const deal = dealFrom(stream.shuffled(seventeenDeck), seats, 1, table);
        return {
          deal,
          script: [
            brief(`${numbers} are in play. ${explanation}`),
            dealStep("Look at your number. Nobody else sees it."),
            tradeStep(seconds.trade_seconds, "Trade SUM on what your own number says."),
            ...turnedOneByOne(table, "A card in the middle is turned.", seconds),
            ...settleAndReview("All numbers are shown. SUM settles at their total."),
          ],
          scalars: [
            { symbol: "SUM", description: `Total of ${numbers}: all hands and the middle` },
          ],
          fair: (_, known) => {
            const counting = allCards(known);
            return sumOfCards(seventeenDeck, known, counting, seats + table - counting.length);
          },
          settlement: () => total(allCards(deal)),
        };
      },
    };
  },
);
