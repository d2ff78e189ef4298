/**
 * Bounds the requests in one read of a connection: many sent before the first is answered, or a body in chunks of one
 * byte. Node's parser makes an object of each, perhaps some thousands in a read; browsers and proxies send neither.
 */

import type { Socket } from "node:net";
import { guardLimits } from "../limits.ts";

const endOfHead = "\r\n\r\n";
const endOfLine = "\n";

/** Makes the bytes behind the last allowed head or line of a read invalid, so that the parser ends there. */
export function blankPipelined(bytes: Buffer): void {
  blankBehind(bytes, endOfHead, guardLimits.headsPerRead);
  blankBehind(bytes, endOfLine, guardLimits.linesPerRead);
}

function blankBehind(bytes: Buffer, mark: string, most: number): void {
  let count = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1))
    if (++count === most) return void bytes.fill(0, at + mark.length);
}

/** Watches the reads of a socket that Node's HTTP server has just taken. @returns a function that ends the watch */
export function watchPipelined(socket: Socket): () => void {
  socket.prependListener("data", blankPipelined);
  // Node hands bytes to its parser past all listeners, until one is added.
  const none = () => {};
  socket.on("data", none);
  return () => socket.off("data", blankPipelined).off("data", none);
}
