/** The lesson after a level, by its result: goals that were reached do not make a loss a good game. */

import type { Level } from "./levels/level.ts";
import type { Measures } from "./measures.ts";
import { decidingPart } from "#lib/practice/review/review.ts";
import { practiceWords } from "#lib/practice/words.ts";

export function lessonOf({ lesson, part }: Level, measures: Measures, isWon: boolean): string {
  if (!isWon) return lesson.lost;
  const { pnl, spread, selection, drift } = measures;
  if (pnl < 0) return practiceWords.yet[decidingPart(measures, pnl)];
  // A level about quoting is not learnt by a position that happened to go well.
  const isLuck = part !== null && drift > Math.abs(spread) + Math.abs(selection);
  return isLuck ? practiceWords.yet.lucky : lesson.won;
}
