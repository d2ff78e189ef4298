/** A session that programs have played, with its debrief and its log. */

import type { Debrief } from "#protocol";
import { Analysis, type Analysed } from "../debrief/analysis.ts";
import { endingOf } from "../debrief/ending.ts";
import { newEngine, type TestRoom } from "./room.ts";

export interface Debriefed extends Analysed {
  lines: string[];
}

export function debriefed(room: TestRoom): Debriefed {
  const lines: string[] = [];
  const ending = endingOf(room.room.context);
  const analysis = new Analysis(newEngine(), ending, (line) => lines.push(line));
  for (const entry of room.journal.entries) {
    if (analysis.isSecret(entry)) break;
    analysis.take(entry);
  }
  return { ...analysis.end(), lines };
}

/** The row of a trader. */
export function rowOf({ traders }: Pick<Debrief, "traders">, userId: number) {
  const row = traders.find(({ user_id: id }) => id === userId);
  if (row === undefined) throw new Error(`there is no trader ${userId}`);
  return row;
}
