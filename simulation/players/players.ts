/** Plays many games on several threads. Each game runs on one thread, from its one seed. */

import { Worker } from "node:worker_threads";
import { SimulationFailure } from "../failure.ts";
import { playGame } from "../game.ts";
import type { GameReport, GameSettings } from "../game-settings.ts";

/** Report of a thread on a game; any fault but a broken promise is the thread's own error. */
export type GameOutcome =
  { report: GameReport } | { failure: { message: string; settings: GameSettings } };

export function outcomeOf(settings: GameSettings): GameOutcome {
  try {
    return { report: playGame(settings) };
  } catch (fault) {
    if (!(fault instanceof SimulationFailure)) throw fault;
    return { failure: { message: fault.message, settings: fault.settings } };
  }
}

/**
 * @returns the outcomes in no order, up to the first broken promise
 * @param threads 1 plays on this thread, for a debugger
 */
export async function playAll(games: GameSettings[], threads: number): Promise<GameOutcome[]> {
  const left = [...games];
  const outcomes: GameOutcome[] = [];
  const note = (outcome: GameOutcome) => {
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

/** Runs one thread, which gets the next game when it has played the last. */
function playOn(left: GameSettings[], note: (outcome: GameOutcome) => void): Promise<void> {
  const thread = new Worker(new URL("player.ts", import.meta.url), {
    // Most objects of a game live shortly.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  });
  return new Promise((resolve, reject) => {
    const next = () => {
      const game = left.shift();
      if (game === undefined) void thread.terminate().then(() => resolve());
      else thread.postMessage(game);
    };
    thread.on("message", (outcome: GameOutcome) => {
      note(outcome);
      next();
    });
    thread.on("error", reject);
    next();
  });
}
