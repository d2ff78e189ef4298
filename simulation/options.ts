/** Options of `npm run simulate`, checked. */

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { few, many, none, type FaultProfile } from "./faults.ts";

export interface Options {
  seed: number;
  bots: number;
  commands: number;
  /** Requests a game: a longer run is several games, with one seed after the other. */
  game: number;
  faults: string;
  /** Threads on which games are played in parallel. */
  threads: number;
  profile: FaultProfile;
  /** Games of rounds a format, instead of a room of trading; 0: none. */
  rounds: number;
  /** The one format that is played; null: all of them. */
  format: string | null;
}

const profiles: Record<string, FaultProfile> = { few, many, none };

/** @param unseeded the seed if none is given */
export function readOptions(args: string[], unseeded: number): Options {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: "string", default: String(unseeded) },
      bots: { type: "string", default: "50" },
      commands: { type: "string", default: "100000" },
      game: { type: "string", default: "20000" },
      threads: { type: "string", default: String(availableParallelism()) },
      faults: { type: "string", default: "few" },
      rounds: { type: "string", default: "0" },
      format: { type: "string" },
    },
  });
  const profile = profiles[values.faults];
  if (profile === undefined)
    throw new Error(`--faults is one of ${Object.keys(profiles).join(", ")}`);
  const whole = (
    name: "seed" | "bots" | "commands" | "game" | "threads" | "rounds",
    least: number,
    most: number,
  ) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Error(`--${name} must be a whole number from ${least} to ${most}`);
    return value;
  };
  return {
    seed: whole("seed", 0, 2 ** 32),
    bots: whole("bots", 2, 150),
    commands: whole("commands", 1, 1e9),
    game: whole("game", 1, 1e6),
    faults: values.faults,
    threads: whole("threads", 1, 256),
    rounds: whole("rounds", 0, 1e6),
    format: values.format ?? null,
    profile,
  };
}
