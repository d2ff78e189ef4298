/** Bounds on the averages of many games, by the kinds of the players. */

import { strategies } from "./people.ts";
import type { Mean, Tally } from "./tally.ts";

/** Standard errors beyond which a sign counts. */
const enough = 2;

/** Gains of a kind that have a sign, and gains from another. Kinds that are not in the mix are left out. */
const totals = { sleeper: -1, noise: -1, momentum: -1, informed: 1, parity: 1 } as const;
const flows = {
  "maker from noise": 1,
  "maker from informed": -1,
  "sleeper from maker": -1,
} as const;

/** Part of what noise traders lose that a bluffer may gain or lose. */
const aboutZero = 0.25;

/**
 * The expectations that do not hold, in words.
 * @param hasHands whether a hand tells its owner something: else nobody need lose to the informed
 */
export function signFaults({ pnl, from, ahead }: Tally, hasHands: boolean): string[] {
  const faults: string[] = [];
  const hold = (name: string, mean: Mean | undefined, sign: number) => {
    if (mean === undefined || mean.isAlwaysZero) return;
    if (sign * mean.errors < enough) faults.push(`${name}: ${mean.toString()}`);
  };
  for (const [kind, sign] of Object.entries(totals))
    hold(kind, pnl.get(kind as keyof typeof totals), sign);
  for (const [flow, sign] of Object.entries(flows))
    if (hasHands || !flow.endsWith("informed")) hold(flow, from.get(flow), sign);
  for (const strategy of strategies)
    for (const [other, sign] of [
      ["sleeper", 1],
      ["noise", 1],
      ["informed", -1],
    ] as const)
      if (hasHands || other !== "informed")
        hold(`${strategy} ahead of ${other}`, ahead.get(`${strategy} of ${other}`), sign);
  const [bluffer, noise] = [pnl.get("bluffer"), pnl.get("noise")];
  if (bluffer !== undefined && noise !== undefined)
    if (Math.abs(bluffer.mean) > aboutZero * Math.abs(noise.mean) + enough * bluffer.error)
      faults.push(`bluffer: ${bluffer.toString()}`);
  return faults;
}
