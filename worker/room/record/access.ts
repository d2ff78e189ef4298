/** Says who may fetch which file of the room: by bearer token, or by a ticket in a link that `export_data` makes. */

import type { Room } from "#game/room.ts";
import { isHostToken } from "#game/people/entering.ts";
import { exportFiles, type Message } from "#protocol";
import { sha256Hex, signTicket, verifyTicket, type Viewer } from "../secrets.ts";

/** The credentials in a request for a file. */
export interface Credentials {
  /** The host's token or a resume token. */
  bearer: string | null;
  ticket: string | null;
}

/** Finds the viewer of these credentials; null: they belong to nobody. */
export async function viewerOf(
  room: Room,
  ticketKey: string,
  file: string,
  { bearer, ticket }: Credentials,
  now: number,
): Promise<Viewer | null> {
  if (ticket !== null) return verifyTicket(ticketKey, file, ticket, now);
  if (bearer === null) return null;
  const hash = await sha256Hex(bearer);
  if (isHostToken(room.state, hash)) return { role: "exchange" };
  for (const { userId, role, tokenHashes } of room.state.users.values())
    if (tokenHashes.includes(hash))
      return role === "exchange" ? { role: "exchange" } : { role: "player", userId };
  return null;
}

/** Makes the answer to `export_data`: a link to every file, each with its ticket. */
export async function exportLinks(
  room: Room,
  ticketKey: string,
  origin: string,
  now: number,
): Promise<Message<"export_complete">> {
  const { room: code, sessionId } = room.state;
  const link = async (name: string) => {
    const ticket = await signTicket(ticketKey, name, { role: "exchange" }, now);
    return { name, url: `${origin}/api/rooms/${code}/files/${name}?ticket=${ticket}` };
  };
  const files = await Promise.all(exportFiles.map(link));
  return { type: "export_complete", room_code: code, session_id: sessionId, files };
}
