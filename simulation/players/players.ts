/** Plays many games on several threads at once. Each game is still one thread's, out of its one seed. */

import { Worker } from "node:worker_threads";
import { SimulationFailure } from "../failure.ts";
import { playGame } from "../game.ts";
import type { GameReport, GameSettings } from "../game-settings.ts";

/** What a thread has to say of a game; a fault that is no broken promise comes as the thread's own. */
export type Outcome =
  { report: GameReport } | { failure: { message: string; settings: GameSettings } };

export function outcomeOf(settings: GameSettings): Outcome {
  try {
    return { report: playGame(settings) };
  } catch (fault) {
    if (!(fault instanceof SimulationFailure)) throw fault;
    return { failure: { message: fault.message, settings: fault.settings } };
  }
}

/**
 * @returns what came of each, in no order, and of none after the first that broke a promise
 * @param threads 1 plays here, where a debugger sees it
 */
export async function playAll(games: GameSettings[], threads: number): Promise<Outcome[]> {
  const left = [...games];
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    if ("failure" in outcome) left.length = 0;
  };
  if (threads === 1) {
    for (let game = left.shift(); game !== undefined; game = left.shift()) note(outcomeOf(game));
    return outcomes;
  }
  const players = Array.from({ length: Math.min(threads, games.length) }, () => playOn(left, note));
  await Promise.all(players);
  return outcomes;
}

/** One thread, which gets the next game when it has played the last. */
function playOn(left: GameSettings[], note: (outcome: Outcome) => void): Promise<void> {
  const thread = new Worker(new URL("player.ts", import.meta.url), {
    // Most of what a game makes lives shortly.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  });
  return new Promise((resolve, reject) => {
    const next = () => {
      const game = left.shift();
      if (game === undefined) void thread.terminate().then(() => resolve());
      else thread.postMessage(game);
    };
    thread.on("message", (outcome: Outcome) => {
      note(outcome);
      next();
    });
    thread.on("error", reject);
    next();
  });
}
