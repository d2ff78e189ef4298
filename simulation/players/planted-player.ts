/** Thread of planted.test.ts: plays games with one mistake in the sources, and reports the first broken promise. */

import { registerHooks } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { GameSettings } from "../game-settings.ts";

/** A mistake: a text that occurs once in a source file, and the text that replaces it. */
export interface Plant {
  /** Path in worker/room/turn/. */
  file: string;
  find: string;
  put: string;
}

const { plant, games } = workerData as { plant: Plant; games: GameSettings[] };
let planted = 0;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/worker/room/turn/${plant.file}`)) return loaded;
    const parts = String(loaded.source).split(plant.find);
    planted = parts.length - 1;
    return { ...loaded, source: parts.join(plant.put) };
  },
});

const { outcomeOf } = await import("./players.ts");
let broken: string | null = null;
for (const game of games) {
  const outcome = outcomeOf(game);
  if ("failure" in outcome) {
    broken = outcome.failure.message;
    break;
  }
}
parentPort?.postMessage({ planted, broken });
