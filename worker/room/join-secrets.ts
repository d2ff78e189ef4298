/** Hashes the secrets of a join, and makes the tokens that it may bring. */

import type { JoinAttempt } from "#game/people/attempt.ts";
import { limits, normalizePasscode, type Request } from "#protocol";
import {
  keyedToken,
  passcodeHash,
  randomToken,
  seatCodeHash,
  sha256Hex,
  tokenOfCid,
} from "./secrets.ts";

/** @param key the room's own, under which it makes tokens */
export async function hashedJoin(
  request: Request<"join">,
  room: string,
  key: string,
): Promise<JoinAttempt> {
  const { cid = "" } = request;
  const isRepeatable = cid.length >= limits.joinCidLength && request.resume_token === undefined;
  const token = isRepeatable ? await tokenOfCid(key, cid) : randomToken();
  const isHost = request.role === "exchange" && request.host_token !== undefined;
  const { passcode } = request;
  const optional = (text: string | undefined) => (text === undefined ? null : sha256Hex(text));
  return {
    request,
    resumeHash: await optional(request.resume_token),
    hostHash: await optional(request.host_token),
    passcodeHash:
      passcode === undefined ? null : await passcodeHash(room, normalizePasscode(passcode)),
    typedPasscodeHash: passcode === undefined ? null : await passcodeHash(room, passcode),
    seatHash: request.seat_code === undefined ? null : await seatCodeHash(key, request.seat_code),
    fresh: { token, hash: await sha256Hex(token) },
    freshHost: isHost ? await freshHostToken(key, isRepeatable ? cid : null) : null,
    isRepeatable,
  };
}

/** @param cid of a join that can be repeated, which then leads to the same token; else null */
async function freshHostToken(key: string, cid: string | null): Promise<JoinAttempt["freshHost"]> {
  const token = cid === null ? randomToken() : await keyedToken(key, `host token\n${cid}`);
  return { token, hash: await sha256Hex(token) };
}
