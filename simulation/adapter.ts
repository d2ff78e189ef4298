/** The one file that knows how to make a room without an object, and how to look into it. */

import type { JournalEntry } from "#game/journal/entry.ts";
import type { Outbox } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import { plain } from "#game/journal/snapshot.ts";
import type { RoomUser } from "#game/state.ts";
import { newEngine } from "#game/testing/room.ts";
import { positionsOf } from "#game/views/holdings.ts";
import { bookView, openOrdersOf } from "#game/views/messages.ts";
import type { SimulatedDisk } from "./platform/disk.ts";
import { violated } from "./violation.ts";

export { nodeEngines } from "#game/testing/room.ts";

/** A new room into which the journal is replayed. It must not write entries. */
export function followingRoom(disk: SimulatedDisk, out: Outbox): Room {
  const port = {
    append: (entry: JournalEntry) => violated("a room that only replays decides", { entry }),
    read: (n: number) => disk.read(n),
    fullness: 0,
  };
  return new Room(newEngine(), port, out);
}

/** All state that decides a room's future: the engine's hash, and the room's own state without its connections. */
export function fingerprint(room: Room): object {
  return { engine: room.context.engine.stateHash(), ...plain(room.state) };
}

export const userOf = (room: Room, userId: number): RoomUser | undefined =>
  room.state.users.get(userId);
export const openOrders = (room: Room, userId: number) => openOrdersOf(room.context, userId);
export const positions = (room: Room, userId: number) => positionsOf(room.context, userId);
export const book = (room: Room, inst: number, depth: number, now: number) =>
  bookView(room.context, "md_inc", inst, depth, now);
