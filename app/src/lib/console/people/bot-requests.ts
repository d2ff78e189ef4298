/** Requests that seat bots: one takes only so many. */

import { limits, type BotKind, type Request } from "#protocol";

type Adding = Omit<Request<"bot_add">, "cid">;

/** @param name empty: the room names them */
export function requestsOf(kind: BotKind, count: number, name: string): Adding[] {
  const requests: Adding[] = [];
  for (let left = count; left > 0; left -= limits.botsAtOnce)
    requests.push({
      ...{ op: "bot_add", kind, count: Math.min(left, limits.botsAtOnce) },
      ...(name !== "" && { name }),
    });
  return requests;
}
