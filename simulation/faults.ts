/** How much goes wrong in a game: mean numbers in a thousand requests. */

import type { Faults } from "./game.ts";

export const few: Faults = {
  cuts: 2,
  abandoned: 1,
  crashes: 0.05,
  evictions: 0.05,
  diskFaults: 0.05,
  rests: 0.1,
};

/** A restart replays the whole journal, so that this is slow. */
export const many: Faults = {
  cuts: 10,
  abandoned: 5,
  crashes: 2,
  evictions: 1,
  diskFaults: 1,
  rests: 1,
};
