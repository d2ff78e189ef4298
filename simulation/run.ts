/** `npm run simulate -- --seed N --bots 50 --commands 100000 [--faults few|many]`: plays games and says how fast. */

import { parseArgs } from "node:util";
import { playGame } from "./game.ts";
import { few, many } from "./faults.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    bots: { type: "string", default: "50" },
    commands: { type: "string", default: "100000" },
    game: { type: "string", default: "20000" },
    faults: { type: "string", default: "few" },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const [bots, commands, most] = [values.bots, values.commands, values.game].map(Number) as [number, number, number];
const total: Record<string, number> = {};
console.log(`seed ${seed}`);
const start = performance.now();
for (let n = 0; commands > n * most; n++) {
  const report = play({
    seed: seed + n,
    bots,
    commands: Math.min(most, commands - n * most),
    faults: values.faults === "many" ? many : few,
  });
  for (const [name, count] of Object.entries(report)) total[name] = (total[name] ?? 0) + count;
}
const seconds = (performance.now() - start) / 1000;
console.log(total, Math.round((total["requests"] ?? 0) / seconds), Math.round(((total["requests"] ?? 0)+(total["replayed"] ?? 0)) / seconds), seconds);

function play(settings: Parameters<typeof playGame>[0]) {
  try { return playGame(settings); } catch (fault) { console.error((fault as Error).message); process.exit(1); }
}
