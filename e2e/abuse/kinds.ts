/** All kinds of attacks, by name. */

import { clocks } from "./clocks.ts";
import { exports } from "./exports.ts";
import type { AttackKind } from "./kind.ts";
import { memory } from "./memory.ts";
import { output } from "./output.ts";
import { rest } from "./rest.ts";
import { seats } from "./seats.ts";
import { settlement } from "./settlement.ts";
import { wayIn } from "./way-in.ts";
import { work } from "./work.ts";

export const kinds: Readonly<Record<string, AttackKind>> = {
  ...{ memory, work, output, exports, settlement, "way in": wayIn, seats, clocks, rest },
};
