/** All state that decides a room's future: the engine's hash, and the room's own state without its connections. */

import { plain } from "../../journal/snapshot.ts";
import type { Room } from "../../room.ts";

export function fingerprintOf(room: Room): object {
  return { engine: room.context.engine.stateHash(), ...plain(room.state) };
}
