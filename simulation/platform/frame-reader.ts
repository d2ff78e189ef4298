/** Reads requests as the object reads frames: one of many by way of JSON and the schemas, which take most of the time. */

import type { Message, ParsedRequest, Request } from "#protocol";
import type { Connection } from "../../worker/room/turn/connection.ts";
import { same, violated } from "../violation.ts";

/** Number of requests in which one takes the way through JSON and the schemas. */
const parsedEvery = 64;

/** @param count which request of the game it is */
export function frameReader(
  request: Request,
  { rules }: Connection<Message>,
  count: number,
): (now: number) => ParsedRequest {
  if (count % parsedEvery !== 0) return () => ({ ok: true, request });
  return (now) => parsed(request, rules.read(JSON.stringify(request), now));
}

/** Checks that a request is the same after the wire: otherwise the journal would know it as another. */
function parsed(request: Request, again: ParsedRequest): ParsedRequest {
  if (!again.ok) return violated("a bot sent what the protocol does not know", { request, again });
  if (JSON.stringify(again.request) !== JSON.stringify(request))
    same("a request is not what it was after parsing", again.request, request);
  return again;
}
