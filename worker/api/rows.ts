/** The rows of a session, wherever they are: in the archive once it has them all, in the room until then. */

import { isArchived, sourceOfArchive } from "../archive/read.ts";
import type { Env } from "../env.ts";
import { readingOf } from "../limits/archive-reading.ts";
import { openRoomSource, type RoomSource } from "./room-source.ts";

/** @returns the rows, or a refusal: too many wait for the room */
export async function openRows(
  env: Env,
  { sessionId, room }: { sessionId: string; room: string },
  isHost: boolean,
  note: () => void,
): Promise<RoomSource | Response> {
  if (await isArchived(env.DB, sessionId))
    return { source: sourceOfArchive(env.DB, sessionId, readingOf(env)), close: async () => {} };
  return openRoomSource(env, room, isHost, note);
}
