/** The games that bots are tried in: formats, with steps that are shorter than in a class, and mixes of players. */

import type { Player } from "./play.ts";

const seconds = { trade_seconds: 25, reveal_seconds: 1 };

/** Formats with the parameters that they are tried with. */
export const trials: Readonly<Record<string, Record<string, unknown>>> = {
  card_sum: seconds,
  seventeen: seconds,
  dice: { ...seconds, trade_seconds: 60, dice_each: 2 },
  suits: seconds,
  numbers: { trade_seconds: 90, ask_seconds: 8 },
  quiz: seconds,
  width: { contest_seconds: 8, trade_seconds: 15 },
  parity: { trade_seconds: 90 },
  walk: { trade_seconds: 12, reveal_seconds: 1 },
  goal_suit: { trade_seconds: 120 },
};

type Mixes = Readonly<Record<string, readonly Player[]>>;

const manySeats: Mixes = {
  all: ["maker", "maker", "sleeper", "noise", "noise", "momentum", "informed", "parity", "bluffer"],
  joiner: ["joiner", "maker", "sleeper", "noise", "noise", "informed"],
  taker: ["taker", "maker", "sleeper", "noise", "noise", "informed"],
};

/** Suits games in which a hand says little once there are many of them. */
const sixSeats: Mixes = {
  ...manySeats,
  all: ["maker", "sleeper", "noise", "momentum", "informed", "bluffer"],
};

const fiveSeats: Mixes = { all: ["maker", "sleeper", "noise", "noise", "informed"] };

/** Mixes for a format. */
export function mixesOf(format: string): Mixes {
  if (format === "goal_suit") return fiveSeats;
  if (format === "seventeen") return sixSeats;
  // A person who wins the contest would have to make a market.
  return format === "width" ? { all: manySeats["all"] ?? [] } : manySeats;
}

/** Formats in which no hand tells anybody more than the table: an informed trader is only patient there. */
export const handsTellNothing: ReadonlySet<string> = new Set(["quiz", "walk", "parity", "width"]);

/** Formats in which the rules ask for every trade, whatever its price: who gains is chance. */
export const tradesAreForced: ReadonlySet<string> = new Set(["width"]);

/** Formats in which nobody but a winner makes the market, or every trade takes all quotes out. */
export const fewQuotes: ReadonlySet<string> = new Set(["width", "goal_suit"]);
