/** The way to a room: opens a line to it, again after each that broke. A server's rooms are reached by WebSockets. */

import type { SocketLike } from "#client/line/socket.ts";

export interface Transport {
  /** The room's address. */
  readonly url: string;
  /** Whether the room is in this browser: nobody else can come to it, by no link and no code. */
  readonly isLocal: boolean;
  open(url: string): SocketLike;
}

/** A way over WebSockets. */
export const overWebSocket = (url: string): Transport => ({
  url,
  isLocal: false,
  open: (address) => new WebSocket(address) as SocketLike,
});

/** The way to a room of this page's server. */
export function toRoom(code: string): Transport {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return overWebSocket(`${scheme}://${location.host}/ws/${code}`);
}
