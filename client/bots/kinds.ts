/** The sample bots by their kind. */

import type { Bot } from "./bot.ts";
import { maker } from "./maker.ts";
import { momentum } from "./momentum.ts";
import { parity } from "./parity.ts";

export const kinds: Readonly<Record<string, Bot>> = { maker, parity, momentum };
