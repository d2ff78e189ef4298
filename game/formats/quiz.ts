/** Questions with a number as their answer, traded one after the other, with hints between. */

import * as v from "valibot";
import { format, type Step } from "./format.ts";
import { count, everyRound, revealSeconds, tradeSeconds } from "./params.ts";
import { drawFromPack } from "./quiz-pack.ts";
import {
  asked,
  cardsOf,
  questionSchema,
  scalarOf,
  withoutAnswer,
  type Question,
} from "./questions.ts";
import { counted, noCards, roundRules } from "./shared.ts";
import { brief, revealsAndTrades, settleAndReview, tradeStep } from "./steps.ts";

const questionsMost = 40;

export const quiz = format(
  {
    id: "quiz",
    title: "Quiz",
    summary: "A question that nobody knows exactly: the market of the class finds the answer.",
    minutes: 5,
    seats: { min: 2, max: 200 },
    teaches: ["estimation", "confidence intervals", "updating on news"],
    params: v.object({
      questions: v.optional(
        v.pipe(
          v.array(questionSchema),
          v.minLength(1),
          v.maxLength(questionsMost),
          v.description("Own questions, in their order. Without them `pack` is drawn from."),
        ),
      ),
      pack: v.optional(
        v.pipe(v.picklist(["numbers"]), v.description("The built-in questions.")),
        "numbers",
      ),
      count: count(1, 1, 10, "Questions that are drawn from the pack."),
      trade_seconds: tradeSeconds,
      reveal_seconds: revealSeconds,
      ...everyRound,
    }),
    notes: `Before: everybody writes down an interval that holds the answer with nine chances in ten.
After: how many intervals did? Was the middle of the market nearer than the middle guess? What did each hint move, and who moved first?`,
  },
  ({ questions, count: drawn, quoting, rules, ...seconds }) => ({
    rules: roundRules({ quoting, rules }),
    explanation: `${counted(questions?.length ?? drawn, "question")} with a number as the answer. Make a market on it, trade, and watch the hints. The instrument settles at the answer.`,
    ...(questions === undefined
      ? {}
      : { shownParams: { ...seconds, quoting, rules, questions: questions.map(withoutAnswer) } }),
    isOpenToAll: true,
    refusal: () => null,
    deal: (stream, seats) => {
      const picked = questions ?? drawFromPack(stream, drawn);
      const symbols = picked.map((_, at) => (picked.length === 1 ? "ANSWER" : `Q${at + 1}`));
      return {
        deal: { ...noCards(seats), table: cardsOf(picked) },
        script: picked.flatMap((question, at) =>
          stepsOf(question, seconds).map((step) => ({ ...step, question: at })),
        ),
        scalars: picked.map((question, at) => scalarOf(question, symbols[at] as string)),
        fair: () => null,
        settlement: (scalar) => (picked[scalar] as Question).answer,
      };
    },
  }),
);

function stepsOf(
  question: Question,
  seconds: { trade_seconds: number; reveal_seconds: number },
): Step[] {
  const hints = question.hints.map((_, at) => ({
    title: `Hint ${at + 1} of ${question.hints.length}`,
    text: "A hint is shown.",
    reveals: 1,
  }));
  return [
    brief(asked(question)),
    tradeStep(seconds.trade_seconds, "Trade on what you know and on what others seem to know."),
    ...revealsAndTrades(hints, seconds),
    ...settleAndReview("The answer is shown, and the instrument settles at it.", 1),
  ];
}
