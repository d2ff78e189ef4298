/** Hashes the secrets of a join, and makes the token of a newcomer. */

import type { JoinAttempt } from "#game/people/entering.ts";
import { limits, type Request } from "#protocol";
import { passcodeHash, randomToken, sha256Hex, tokenOfCid } from "./secrets.ts";

/** @param key the room's own, under which it makes tokens */
export async function hashedJoin(
  request: Request<"join">,
  room: string,
  key: string,
): Promise<JoinAttempt> {
  const { cid = "" } = request;
  const isRepeatable = cid.length >= limits.joinCidLength && request.resume_token === undefined;
  const token = isRepeatable ? await tokenOfCid(key, cid) : randomToken();
  const optional = (text: string | undefined) => (text === undefined ? null : sha256Hex(text));
  return {
    request,
    resumeHash: await optional(request.resume_token),
    hostHash: await optional(request.host_token),
    passcodeHash:
      request.passcode === undefined ? null : await passcodeHash(room, request.passcode),
    fresh: { token, hash: await sha256Hex(token) },
    isRepeatable,
  };
}
