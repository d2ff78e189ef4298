/**
 * What comes in one breath on a connection of requests: many of them before the first is answered, or a body in chunks of
 * a byte. Node's parser makes an object of each in what it reads at once, which may be some thousands; browsers and
 * proxies send neither.
 */

import type { Socket } from "node:net";
import { guardLimits } from "./limits.ts";

const endOfHead = "\r\n\r\n";
const endOfLine = "\n";

/** Makes unreadable what lies behind so many heads, or lines, in one read: the parser ends there. */
export function blankPipelined(bytes: Buffer): void {
  blankBehind(bytes, endOfHead, guardLimits.headsPerRead);
  blankBehind(bytes, endOfLine, guardLimits.linesPerRead);
}

function blankBehind(bytes: Buffer, mark: string, most: number): void {
  let count = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (++count === most) return void bytes.fill(0, at + mark.length);
}

/** Watches what Node's HTTP server reads from a socket that it has just taken. @returns ends that */
export function watchPipelined(socket: Socket): () => void {
  socket.prependListener("data", blankPipelined);
  // Node hands bytes to its parser past all listeners, until one is added.
  const none = () => {};
  socket.on("data", none);
  return () => socket.off("data", blankPipelined).off("data", none);
}
