/** Addresses of a room, from what people copy: a server's, a room's page, or a room's socket. */

import { normalizeRoomCode } from "#protocol";

/**
 * The address of a room's socket.
 * @param url `http://host:port`, `https://host/r/CODE`, `ws://host/ws/CODE` and the like
 * @param room its code, unless the address has it
 * @throws where there is no such address, or no code
 */
export function socketAddress(url: string, room?: string): string {
  const { protocol, host, pathname } = new URL(url);
  const inPath = /^\/(?:r|ws)\/([^/]+)/.exec(pathname)?.[1];
  const code = normalizeRoomCode(room ?? inPath ?? "");
  if (code === null) throw new Error("Name the room by its code of six characters.");
  const isSecure = protocol === "https:" || protocol === "wss:";
  return `${isSecure ? "wss" : "ws"}://${host}/ws/${code}`;
}
