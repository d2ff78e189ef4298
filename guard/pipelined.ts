/**
 * Requests that come in one breath, before the first is answered. Node's parser makes an object of each in what it reads
 * at once, which may be some thousands; browsers and proxies send none.
 */

import type { Socket } from "node:net";
import { guardLimits } from "./limits.ts";

const endOfHead = "\r\n\r\n";

/** Makes unreadable what lies behind so many heads in one read: the parser ends there. */
export function blankPipelined(bytes: Buffer): void {
  let heads = 0;
  for (let at = bytes.indexOf(endOfHead); at >= 0; at = bytes.indexOf(endOfHead, at + 1))
    if (++heads === guardLimits.headsPerRead) return void bytes.fill(0, at + endOfHead.length);
}

/** Watches what Node's HTTP server reads from a socket that it has just taken. @returns ends that */
export function watchPipelined(socket: Socket): () => void {
  socket.prependListener("data", blankPipelined);
  // Node hands bytes to its parser past all listeners, until one is added.
  const none = () => {};
  socket.on("data", none);
  return () => socket.off("data", blankPipelined).off("data", none);
}
