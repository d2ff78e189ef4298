/** All kinds of bots. A new one is a file, a line here and a word in `protocol/choices.ts`. */

import type { BotKind } from "#protocol";
import { bluffer } from "./bluffer.ts";
import type { BotMaker } from "./bot.ts";
import { informed } from "./informed.ts";
import { maker } from "./maker.ts";
import { momentum } from "./momentum.ts";
import { noise } from "./noise.ts";
import { parity } from "./parity.ts";
import { sleeper } from "./sleeper.ts";

export const bots = {
  maker,
  sleeper,
  noise,
  momentum,
  informed,
  parity,
  bluffer,
} satisfies Record<BotKind, BotMaker>;

export function botOf(kind: BotKind): BotMaker {
  return bots[kind];
}
