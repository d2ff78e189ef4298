/** A kind of attacks: what its server is told, and what must hold of it afterwards. */

import type { Attack } from "./arena.ts";
import type { GoodRoom } from "./good-room.ts";

export interface Kind {
  /** Environment variables of the server, where the limits are not what is tested. */
  settings?: Record<string, string>;
  attacks: readonly Attack[];
  /** Asked after each attack, while what the attackers held is let go. */
  after?: (good: GoodRoom) => Promise<void>;
}
