/**
 * `npm run simulate -- --seed N --bots 50 --commands 100000 --faults few|many|none`: plays games on a virtual clock and
 * prints the seed, what happened and how fast. A broken promise is printed with all that is needed to see it again.
 */

import { playGame, SimulationFailure, type GameReport } from "./game.ts";
import { readOptions, type Options } from "./options.ts";

const options = readOptions(process.argv.slice(2), Date.now() % 1_000_000);
console.log(`seed ${options.seed}`);
const start = performance.now();
try {
  const total = playAll(options);
  report(total, (performance.now() - start) / 1000);
} catch (fault) {
  if (!(fault instanceof SimulationFailure)) throw fault;
  const { seed, bots, commands } = fault.settings;
  console.error(fault.message);
  console.error(
    `again: npm run simulate -- --seed ${seed} --bots ${bots} --commands ${commands} --game ${commands} --faults ${options.faults}`,
  );
  process.exitCode = 1;
}

function playAll({ seed, bots, commands, game, troubles }: Options): Record<string, number> {
  const total: Record<string, number> = {};
  for (let played = 0, n = 0; played < commands; played += game, n++) {
    const settings = { seed: seed + n, bots, commands: Math.min(game, commands - played) };
    const report = playGame({ ...settings, ...troubles });
    for (const [name, count] of Object.entries(report) as [keyof GameReport, number][])
      total[name] = (total[name] ?? 0) + count;
  }
  return total;
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
