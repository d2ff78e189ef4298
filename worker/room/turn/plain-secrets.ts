/** Secrets that are their own hashes, for rooms that nobody attacks: in a simulation, and in a browser for its own user. */

import type { JoinAttempt } from "#game/people/attempt.ts";
import { limits, type Request } from "#protocol";

/** A join attempt with its secrets unhashed. @param token a fresh one, if the join cannot be repeated */
export function unhashed(request: Request<"join">, token: string): JoinAttempt {
  const { cid = "" } = request;
  const isRepeatable = cid.length >= limits.joinCidLength && request.resume_token === undefined;
  const fresh = isRepeatable ? `token of ${cid}` : token;
  return {
    request,
    resumeHash: request.resume_token ?? null,
    hostHash: request.host_token ?? null,
    passcodeHash: null,
    seatHash: request.seat_code ?? null,
    fresh: { token: fresh, hash: fresh },
    freshHost: { token: `host ${fresh}`, hash: `host ${fresh}` },
    isRepeatable,
  };
}
