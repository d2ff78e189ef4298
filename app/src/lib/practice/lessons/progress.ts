/** Levels that were played and won in this browser. */

import * as v from "valibot";
import { browserStore } from "#lib/storage.ts";

const KEY = "mmg.practice";

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema = v.record(v.string(), v.object({ played: countSchema, won: countSchema }));

/** Times that each level was played to its end, and won. */
export type Progress = v.InferOutput<typeof schema>;

/** Progress so far; what cannot be read counts as none. */
export function readProgress(): Progress {
  try {
    const stored = v.safeParse(schema, JSON.parse(browserStore.get(KEY) ?? "{}"));
    return stored.success ? stored.output : {};
  } catch {
    return {};
  }
}

export function withResult(progress: Progress, level: string, isWon: boolean): Progress {
  const { played, won } = progress[level] ?? { played: 0, won: 0 };
  return { ...progress, [level]: { played: played + 1, won: won + (isWon ? 1 : 0) } };
}

/** Notes a level that was played to its end. @returns the progress with it */
export function noteResult(level: string, isWon: boolean): Progress {
  const progress = withResult(readProgress(), level, isWon);
  browserStore.set(KEY, JSON.stringify(progress));
  return progress;
}
