/**
 * `npm run simulate:bots -- --games 1000 --format card_sum --mix all --seed 1`: plays rounds with bots on a virtual clock and
 * prints what each kind gained, from whom, and how long there was a market. Without a format or a mix: all of them.
 * `--seconds` bounds the time of each; the games that are left can be played later, from the seed that is printed.
 */

import { parseArgs } from "node:util";
import { tradesAreForced, handsTellNothing, mixesOf, trials } from "./mixes.ts";
import { strategies } from "./people.ts";
import { play } from "./play.ts";
import { signFaults } from "./signs.ts";
import { Tally } from "./tally.ts";

const { values } = parseArgs({
  options: {
    games: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "Infinity" },
    format: { type: "string" },
    mix: { type: "string" },
  },
});
const chosen = (all: object, one: string | undefined) =>
  one === undefined ? Object.keys(all) : [one];

for (const format of chosen(trials, values.format))
  for (const mix of chosen(mixesOf(format), values.mix)) {
    const players = mixesOf(format)[mix] ?? [];
    const params = trials[format] ?? {};
    const tally = new Tally();
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    const first = Number(values.seed);
    const last = first + Number(values.games) - 1;
    for (let seed = first; seed <= last && elapsed() < Number(values.seconds); seed++)
      tally.add(players, play({ format, params, players, seed }));
    report(format, mix, tally, elapsed());
    const next = first + tally.games;
    if (next <= last) console.log(`  left: --seed ${next} --games ${last - next + 1}`);
  }

function report(format: string, mix: string, tally: Tally, seconds: number): void {
  const { games, trades, looks, twoSided, driest } = tally;
  console.log(
    `${format}, ${mix}: ${games} games in ${seconds.toFixed(1)} s, ${(trades / games).toFixed(1)} trades each`,
  );
  const part = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `  both sides ${part(twoSided / looks)} of the time, ${part(driest)} in the driest game`,
  );
  for (const [kind, mean] of tally.pnl) {
    const from = [...tally.from]
      .filter(([key]) => key.startsWith(`${kind} from `))
      .map(([key, gain]) => `${key.split(" ").at(-1)} ${gain.toString()}`);
    console.log(`  ${kind.padEnd(9)} ${mean.toString().padStart(16)}   from ${from.join(", ")}`);
  }
  for (const strategy of strategies.filter((one) => tally.pnl.has(one)))
    for (const [key, mean] of tally.ahead)
      if (key.startsWith(`${strategy} of `)) console.log(`  ahead: ${key} ${mean.toString()}`);
  if (tradesAreForced.has(format))
    console.log("  the rules ask for every trade: no signs are expected");
  else
    for (const fault of signFaults(tally, !handsTellNothing.has(format)))
      console.log(`  not as it should be: ${fault}`);
  for (const [refusal, count] of tally.refusals) console.log(`  refused ${count}: ${refusal}`);
}
