/**
 * `npm run simulate -- --rounds N --format F --seed S`: plays N games of each format, or of one, on all cores. A broken promise
 * is told with the format and seed that play the same game again.
 */

import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { simulatedFormats } from "./games.ts";
import { playRounds, type RoundReport } from "./round-game.ts";

interface Game {
  format: string;
  seed: number;
}
type Outcome = { report: RoundReport } | { failure: string };

if (!isMainThread)
  parentPort?.on("message", (game: Game) => parentPort?.postMessage(outcomeOf(game)));

function outcomeOf({ format, seed }: Game): Outcome {
  try {
    return { report: playRounds(format, seed) };
  } catch (fault) {
    return { failure: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Games of a format: sums of their reports, or what the first one that broke a promise says. */
export interface FormatOutcome {
  format: string;
  total: Record<string, number>;
  failure: string | null;
}

/** Plays each format, or the one that is named, and tells of it when its games are over. */
export async function* runRounds(
  games: number,
  only: string | null,
  seed: number,
): AsyncGenerator<FormatOutcome> {
  const formats = Object.keys(simulatedFormats).filter((id) => only === null || id === only);
  if (formats.length === 0)
    throw new Error(`--format is one of ${Object.keys(simulatedFormats).join(", ")}`);
  for (const format of formats) {
    const left = Array.from({ length: games }, (_, n) => ({ format, seed: seed + n }));
    const outcome: FormatOutcome = { format, total: {}, failure: null };
    const note = (one: Outcome) => {
      if ("failure" in one) {
        outcome.failure = one.failure;
        left.length = 0;
        return;
      }
      for (const [name, count] of Object.entries(one.report) as [string, number][])
        outcome.total[name] = (outcome.total[name] ?? 0) + count;
    };
    const threads = Math.min(availableParallelism(), games);
    await Promise.all(Array.from({ length: threads }, () => playOn(left, note)));
    yield outcome;
  }
}

/** Runs one thread, which gets the next game when it has played the last. */
function playOn(left: Game[], note: (outcome: Outcome) => void): Promise<void> {
  const thread = new Worker(new URL(import.meta.url));
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
