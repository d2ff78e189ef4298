/**
 * Reads a request's body as a whole before the runtime hears of the request, which would hold a body that trickles in.
 */

import type { IncomingMessage } from "node:http";
import { guardLimits } from "../limits.ts";

export type BodyFault = "too large" | "too slow" | "gone";

/** True if a body follows the head. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/** Reads the body, within the time and the number of pieces that an honest client needs. */
export function readBody(request: IncomingMessage): Promise<Buffer | BodyFault> {
  const { bodyBytes, bodyPieces, bodyMs } = guardLimits;
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const finish = (result: Buffer | BodyFault) => {
      clearTimeout(timer);
      request.off("data", hear).off("end", end).off("close", gone);
      resolve(result);
    };
    const hear = (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > bodyBytes) return finish("too large");
      if (pieces.push(piece) > bodyPieces) finish("too slow");
    };
    const end = () => finish(Buffer.concat(pieces));
    const gone = () => finish("gone");
    const timer = setTimeout(() => finish("too slow"), bodyMs);
    request.on("data", hear).on("end", end).on("close", gone);
  });
}
