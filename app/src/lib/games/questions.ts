/** A host's own questions: read from pasted lines, of a text or of a spreadsheet. Knows no screen. */

import * as v from "valibot";
import { readNumber } from "#lib/ui/controls/typed-number.ts";
import { gameWords } from "./words.ts";

export interface Question {
  question: string;
  answer: number;
  unit: string;
  min: number;
  max: number;
  hints: string[];
}

const text = v.pipe(v.string(), v.trim());
const questionSchema = v.object({
  question: v.pipe(text, v.minLength(1), v.maxLength(200)),
  answer: v.number(),
  unit: v.optional(v.pipe(text, v.maxLength(20)), ""),
  min: v.number(),
  max: v.number(),
  hints: v.optional(v.array(v.pipe(text, v.minLength(1), v.maxLength(200))), []),
});

export const hintsMost = 5;
const words = gameWords.questions;

/** Questions of a set-up; those that cannot be read are left out. */
export function questionsIn(value: unknown): Question[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.flatMap((one) => {
    const read = v.safeParse(questionSchema, one);
    return read.success ? [read.output] : [];
  });
}

export interface Pasted {
  questions: Question[];
  /** Lines that are no question, and why. */
  faults: { line: number; why: string }[];
}

/**
 * Reads a question from each line: question; answer; least; greatest; unit; hint; hint. Tabs and bars part as well as
 * semicolons. Without bounds the prices go from 0 to the next power of ten but one, so that they do not tell the answer.
 * @param languages of the user, by which numbers are read
 */
export function pastedQuestions(pasted: string, languages: readonly string[]): Pasted {
  const questions: Question[] = [];
  const faults: Pasted["faults"] = [];
  for (const [at, line] of pasted.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = lineOf(line, languages);
    if (typeof read === "string") faults.push({ line: at + 1, why: read });
    else questions.push(read);
  }
  return { questions, faults };
}

function lineOf(line: string, languages: readonly string[]): Question | string {
  const separator = ["\t", ";", "|"].find((one) => line.includes(one));
  if (separator === undefined) return words.noAnswer;
  const [question = "", ...rest] = line.split(separator).map((part) => part.trim());
  const [answerText = "", leastText = "", greatestText = "", unit = "", ...hints] = rest;
  const numberOf = (text: string) => {
    const read = readNumber(text, languages);
    return read.kind === "number" ? read.value : null;
  };
  const answer = numberOf(answerText);
  if (answer === null) return words.answerIsNone(answerText);
  const bounds = boundsOf(answer);
  const min = leastText === "" ? bounds.min : numberOf(leastText);
  const max = greatestText === "" ? bounds.max : numberOf(greatestText);
  if (min === null) return words.boundIsNone(leastText);
  if (max === null) return words.boundIsNone(greatestText);
  const read = { question, answer, unit, min, max, hints: hints.filter((hint) => hint !== "") };
  return faultOf(read) ?? read;
}

/** Bounds that say little of the answer: from 0, or below it as far as above, to the second power of ten above it. */
export function boundsOf(answer: number): { min: number; max: number } {
  const max = 10 ** (Math.floor(Math.log10(Math.max(1, Math.abs(answer)))) + 2);
  return { min: answer < 0 ? -max : 0, max };
}

/** Fault of a question, in a sentence; null: none. */
export function faultOf({ question, answer, unit, min, max, hints }: Question): string | null {
  if (question === "") return words.noQuestion;
  if (question.length > 200) return words.tooLong;
  if (unit.length > 20) return words.unitTooLong;
  if (hints.length > hintsMost) return words.tooManyHints(hintsMost);
  if (hints.some((hint) => hint.length > 200)) return words.tooLong;
  if (!(min < max)) return words.noRange;
  return answer < min || answer > max ? words.outOfRange : null;
}
