/** The level that "Play now" opens. Light: the lobby loads it. */

import { levelIds } from "./level-ids.ts";
import { readProgress } from "./progress.ts";

/** The first level that was not won yet; the first of all once all are. */
export function nextToPlay(): string {
  const progress = readProgress();
  return levelIds.find((id) => (progress[id]?.won ?? 0) === 0) ?? levelIds[0];
}
