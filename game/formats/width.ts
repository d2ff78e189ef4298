/** Make me a market: the narrowest width wins the right to quote, and everybody else must trade on that quote. */

import * as v from "valibot";
import { format } from "./format.ts";
import { count, everyRound, tradeSeconds } from "./params.ts";
import { drawFromPack } from "./quiz-pack.ts";
import {
  asked,
  cardsOf,
  questionSchema,
  scalarOf,
  withoutAnswer,
  type Question,
} from "./questions.ts";
import { noCards, roundRules } from "./shared.ts";
import { brief, settleAndReview, step, tradeStep } from "./steps.ts";

export const width = format(
  {
    id: "width",
    title: "Make me a market",
    summary: "Who quotes the narrowest makes the market, and everybody else must buy or sell one.",
    minutes: 4,
    seats: { min: 2, max: 200 },
    teaches: ["width and confidence", "adverse selection", "making a market"],
    params: v.object({
      question: v.optional(
        v.pipe(
          questionSchema,
          v.description("An own question. Without it one of the pack is drawn."),
        ),
      ),
      shrink: v.optional(
        v.pipe(
          v.number(),
          v.minValue(0.01),
          v.maxValue(0.9),
          v.description("Part by which a width is to be below the best one."),
        ),
        0.1,
      ),
      contest_seconds: count(30, 5, 600, "Time for a narrower width; each one begins it anew."),
      trade_seconds: tradeSeconds,
      ...everyRound,
    }),
    notes: `Before: how wide is a fair quote, if everybody else may choose the side? When do you stop bidding? (If the winner does not quote, remove that trader: the next-narrowest bid has the right.)
After: did the answer lie within the winning quote? What did winning cost, and what would one step wider have earned?`,
  },
  ({ question, shrink, contest_seconds, trade_seconds, quoting, rules }) => ({
    rules: roundRules({ quoting, rules }),
    explanation: `A question with a number as the answer. Bid for the right to quote: each width is to be at least ${Math.round(shrink * 100)} % narrower than the best one. The narrowest makes a market of that width, and everybody else must buy or sell one contract. The instrument settles at the answer.`,
    ...(question === undefined
      ? {}
      : {
          shownParams: {
            shrink,
            contest_seconds,
            trade_seconds,
            quoting,
            rules,
            question: withoutAnswer(question),
          },
        }),
    contest: { shrink },
    refusal: () => null,
    deal: (stream, seats) => {
      const picked = question ?? (drawFromPack(stream, 1)[0] as Question);
      const answer = cardsOf([{ ...picked, hints: [] }]);
      return {
        deal: { ...noCards(seats), table: answer },
        script: [
          brief(asked(picked)),
          step(
            "contest",
            {
              title: "The contest",
              text: "Type the width at which you would quote. The narrowest one wins the right to make the market.",
            },
            contest_seconds,
          ),
          tradeStep(
            trade_seconds,
            "The winner quotes a bid and an ask of the winning width. Everybody else buys or sells one.",
          ),
          ...settleAndReview("The answer is shown, and the instrument settles at it.", 1),
        ],
        scalars: [scalarOf(picked, "ANSWER")],
        fair: () => null,
        settlement: () => picked.answer,
      };
    },
  }),
);
