/**
 * `npm run simulate -- --seed N --bots 50 --commands 100000 --faults few|many|none --threads N`: plays games on a
 * virtual clock and prints seed, counts and speed. A broken promise is printed with the command that reproduces it. With
 * `--rounds N` it plays rounds: see rounds/run-rounds.ts.
 */

import type { GameReport, GameSettings } from "./game-settings.ts";
import { readOptions, type Options } from "./options.ts";
import { playAll } from "./players/players.ts";
import { runRounds } from "./rounds/run-rounds.ts";

const options = readOptions(process.argv.slice(2), Date.now() % 1_000_000);
console.log(`seed ${options.seed}`);
if (options.rounds === 0) await trade();
else await playRounds();

/** Plays games of rounds. */
async function playRounds(): Promise<void> {
  const { rounds: games, format: only, seed } = options;
  let start = performance.now();
  for await (const { format, total, failure } of runRounds(games, only, seed)) {
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    start = performance.now();
    if (failure !== null) {
      console.error(failure);
      process.exitCode = 1;
      continue;
    }
    const counts = Object.entries(total).map(([name, count]) => `${count} ${words(name)}`);
    console.log(`${format}: ${games} games in ${seconds} s: ${counts.join(", ")}`);
  }
  if (process.exitCode !== 1) console.log("every promise held");
}

/** Plays games of trading. */
async function trade(): Promise<void> {
  const start = performance.now();
  const outcomes = await playAll(gamesOf(options), options.threads);
  const total: Record<string, number> = {};
  for (const outcome of outcomes)
    if ("failure" in outcome) {
      const { message, settings } = outcome.failure;
      const { seed, bots, commands } = settings;
      console.error(message);
      console.error(
        `again: npm run simulate -- --seed ${seed} --bots ${bots} --commands ${commands} --game ${commands} --faults ${options.faults}`,
      );
      process.exitCode = 1;
    } else
      for (const [name, count] of Object.entries(outcome.report) as [keyof GameReport, number][])
        total[name] = (total[name] ?? 0) + count;
  if (process.exitCode !== 1) report(total, (performance.now() - start) / 1000);
}

/** Games with consecutive seeds. */
function gamesOf({ seed, bots, commands, game, profile }: Options): GameSettings[] {
  return Array.from({ length: Math.ceil(commands / game) }, (_, n) => ({
    ...{ seed: seed + n, bots, commands: Math.min(game, commands - n * game) },
    ...profile,
  }));
}

function report(total: Record<string, number>, seconds: number): void {
  const { requests = 0, replayed = 0, ...rest } = total;
  const speed = (count: number) => Math.round(count / seconds).toLocaleString("en");
  console.log(
    `${requests} commands to the room and ${replayed} replayed in ${seconds.toFixed(2)} s: ` +
      `${speed(requests + replayed)} a second, ${speed(requests)} of them new`,
  );
  const names = Object.entries(rest).map(([name, count]) => `${count} ${words(name)}`);
  console.log(names.join(", "));
  console.log("every promise held");
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
