/** Questions with a number as their answer: the form that quizzes and contests share. */

import * as v from "valibot";
import { limits, type Card } from "#protocol";
import { decimalsOf } from "../units/decimals.ts";
import type { Scalar } from "./format.ts";
import { amount } from "./params.ts";

const shortText = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most));

export const questionSchema = v.pipe(
  v.object({
    question: v.pipe(shortText(200), v.minLength(1)),
    answer: v.pipe(
      amount("The settlement."),
      v.check(
        (value) => decimalsOf(value) !== null,
        `The answer may have at most ${limits.decimals} decimals.`,
      ),
    ),
    unit: v.optional(shortText(20), ""),
    min: amount("The least price."),
    max: amount("The greatest price."),
    hints: v.optional(v.pipe(v.array(v.pipe(shortText(200), v.minLength(1))), v.maxLength(5)), []),
  }),
  v.check(
    ({ min, max, answer }) => min < max && answer >= min && answer <= max,
    "The answer is to lie from `min` to `max`.",
  ),
);
export type Question = v.InferOutput<typeof questionSchema>;

/** The cards of questions, in the order of their revealing: of each its hints, then its answer. */
export function cardsOf(questions: readonly Question[]): Card[] {
  return questions
    .flatMap(({ hints, answer, unit }) => [
      ...hints.map((label) => ({ label, value: 0 })),
      { label: unit === "" ? String(answer) : `${answer} ${unit}`, value: answer },
    ])
    .map((card, at) => ({ id: at + 1, kind: "fact", ...card }));
}

/** The question as players may see it before its end. */
export function withoutAnswer({ question, unit, min, max }: Question) {
  return { question, unit, min, max };
}

/** The question in one line, for the description of its instrument. */
export function asked({ question, unit }: Question): string {
  return unit === "" ? question : `${question} (${unit})`;
}

export function scalarOf(question: Question, symbol: string): Scalar {
  const { min, max } = question;
  return { symbol, description: asked(question), min, max };
}
