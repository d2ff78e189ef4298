/** Private numbers: everybody types one, and their total and average are traded. No props, no dealing. */

import * as v from "valibot";
import { format } from "./format.ts";
import { amount, amountMost, everyRound, line, count, tradeSeconds } from "./params.ts";
import { noCards, roundRules } from "./shared.ts";
import { brief, settleAndReview, step, tradeStep } from "./steps.ts";

const scalars = ["TOTAL", "AVERAGE"] as const;
/** Units of a settlement in 1: it is told to six decimals. */
const unitsInOne = 1e6;

export const numbers = format(
  {
    id: "numbers",
    title: "Private numbers",
    summary: "Everybody types a number that only they know. Trade the total and the average.",
    minutes: 6,
    seats: { min: 2, max: 200 },
    teaches: ["estimation", "aggregation of information"],
    params: v.pipe(
      v.object({
        question: line(
          "How many siblings do you have?",
          200,
          "The question that everybody answers.",
        ),
        min: v.optional(amount("The least answer that is taken."), 0),
        max: v.optional(amount("The greatest answer that is taken."), 20),
        ask_seconds: count(30, 5, 600, "Time to answer."),
        trade_seconds: tradeSeconds,
        ...everyRound,
      }),
      v.check(({ min, max }) => min < max, "`min` is to be below `max`."),
    ),
    notes: `Before: what do you expect of this class, and how sure are you? How much is your own number worth?
After: was the market nearer to the truth than most single guesses?`,
  },
  ({ question, min, max, ask_seconds, trade_seconds, quoting, rules }) => {
    const explanation = `Everybody answers in private: ${question} TOTAL settles at the sum of all answers, AVERAGE at their mean. Who gives no answer is not counted.`;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      answers: { min, max },
      refusal: (seats) =>
        Math.max(Math.abs(min), Math.abs(max)) * seats > amountMost
          ? `The total of ${seats} answers is more than can be traded: choose bounds nearer to 0.`
          : null,
      deal: (_stream, seats) => ({
        deal: noCards(seats),
        script: [
          brief(explanation),
          step(
            "ask",
            {
              title: "Your number",
              text: `${question} From ${min} to ${max}. Nobody sees your answer before the end.`,
            },
            ask_seconds,
          ),
          tradeStep(trade_seconds, "Trade the total and the average of all answers."),
          ...settleAndReview("All answers are shown."),
        ],
        scalars: [
          {
            symbol: "TOTAL",
            description: `Sum of all answers: ${question}`,
            min: Math.min(0, min * seats),
            max: Math.max(0, max * seats),
          },
          {
            symbol: "AVERAGE",
            description: `Mean of all answers: ${question}`,
            min: Math.min(0, min),
            max: Math.max(0, max),
          },
        ],
        fair: () => null,
        settlement: (scalar, answers) => {
          const given = answers.filter((answer) => answer !== null);
          // Whole units: decimals of floats add up to others.
          const units = Math.round(given.reduce((sum, answer) => sum + answer, 0) * unitsInOne);
          const isTotal = scalars[scalar] === "TOTAL" || given.length === 0;
          return (isTotal ? units : quotient(units, given.length)) / unitsInOne + 0;
        },
      }),
    };
  },
);

/** The quotient of whole numbers, to the nearest one: half goes up. */
function quotient(units: number, by: number): number {
  const twice = 2 * units + by;
  const rest = ((twice % (2 * by)) + 2 * by) % (2 * by);
  return (twice - rest) / (2 * by);
}
