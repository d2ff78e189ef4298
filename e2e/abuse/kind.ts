/** A kind of attacks: its server's settings, and the checks after each attack. */

import type { Attack } from "./arena.ts";
import type { GoodRoom } from "./good-room.ts";

export interface AttackKind {
  /** Environment variables of the server, for kinds that do not test its limits. */
  settings?: Record<string, string>;
  attacks: readonly Attack[];
  /** Checks after each attack, while the attackers' connections are closed. */
  after?: (good: GoodRoom) => Promise<void>;
}
