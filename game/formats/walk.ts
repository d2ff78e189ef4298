/** An index that walks at random, news that change how far it jumps, and options that expire at its end. */

import * as v from "valibot";
import { format } from "./format.ts";
import { afterSteps, drawSteps } from "./index-steps.ts";
import { count, everyRound, line } from "./params.ts";
import { noCards, roundRules, total } from "./shared.ts";
import { brief, revealsAndTrades, settleAndReview, tradeStep } from "./steps.ts";

const stepsMost = 60;
const volMost = 100;

const newsSchema = v.object({
  step: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(stepsMost)),
  vol: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(volMost)),
  text: line("Nerves on the market.", 200, "The headline."),
});

export const walk = format(
  {
    id: "walk",
    title: "Random walk",
    summary:
      "An index steps up or down; scheduled news make its steps larger. Trade it and its options.",
    minutes: 10,
    seats: { min: 2, max: 200 },
    teaches: ["volatility", "options", "scheduled news", "hedging"],
    params: v.object({
      start: count(100, -100_000, 100_000, "Where the index begins."),
      steps: count(8, 1, stepsMost, "Steps to the end."),
      vol: count(2, 1, volMost, "Points that the index moves at a step, up or down."),
      news: v.optional(
        v.pipe(
          v.array(newsSchema),
          v.maxLength(10),
          v.description("From a step on the index moves by `vol`. All know it from the start."),
        ),
        [{ step: 6, vol: 5, text: "The central bank speaks." }],
      ),
      trade_seconds: count(30, 5, 3_600, "Trading between two steps."),
      reveal_seconds: count(5, 1, 600, "Time to look at a step."),
      ...everyRound,
    }),
    notes: `Before: the index is worth its level. What is a call at that level worth with eight steps to go, and what with two?
After: did the options' prices know of the news beforehand? Who was short volatility when it came?`,
  },
  ({ start, steps, vol, news, quoting, rules, ...seconds }) => {
    const sizes = Array.from(
      { length: steps },
      (_, at) => news.findLast((one) => one.step <= at + 1)?.vol ?? vol,
    );
    const headlineOf = (at: number) => news.find((one) => one.step === at + 1)?.text;
    const told = news
      .filter((one) => one.step <= steps)
      .map((one) => ` From step ${one.step} on it moves by ${one.vol}: ${one.text}`)
      .join("");
    const explanation = `INDEX begins at ${start} and takes ${steps} steps, each up or down by ${vol}, as likely one as the other.${told} INDEX settles where it ends; calls pay what it is above their strike, puts what it is below.`;
    return {
      rules: roundRules({ quoting, rules }),
      explanation,
      refusal: () => null,
      deal: (stream, seats) => {
        const deal = { ...noCards(seats), table: drawSteps(stream, sizes) };
        return {
          deal,
          script: [
            brief(explanation),
            tradeStep(seconds.trade_seconds, "Trade INDEX and its options before the first step."),
            ...revealsAndTrades(
              sizes.map((size, at) => ({
                title: `Step ${at + 1} of ${steps}`,
                text: headlineOf(at) ?? `INDEX moves by ${size}, up or down.`,
                reveals: 1,
              })),
              seconds,
            ),
            ...settleAndReview("INDEX settles where it stands."),
          ],
          scalars: [
            {
              symbol: "INDEX",
              description: `Level after ${steps} steps from ${start}`,
              hasOptions: true,
            },
          ],
          fair: (_, { table }) => afterSteps(start + total(table), sizes.slice(table.length)),
          settlement: () => start + total(deal.table),
        };
      },
    };
  },
);
