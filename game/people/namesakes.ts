/** Finds the users of a room whose names look like another. */

import type { RoomState, RoomUser } from "../state.ts";
import { areSame, keysOf, type NameKeys } from "./same-name.ts";

/** Users of this name in the room. The name of a removed user is free. */
export function namesakes(state: Readonly<RoomState>, name: string): RoomUser[] {
  const keys = keysOf(name);
  return [...state.users.values()].filter(
    (other) => !other.kicked && areSame(keysOfUser(other), keys),
  );
}

/** Kept by user: a room may have a thousand, and every new name is compared with all. */
const knownKeys = new WeakMap<RoomUser, { name: string; keys: NameKeys }>();

function keysOfUser(user: RoomUser): NameKeys {
  const known = knownKeys.get(user);
  if (known?.name === user.name) return known.keys;
  const keys = keysOf(user.name);
  knownKeys.set(user, { name: user.name, keys });
  return keys;
}
