/** Makes the secrets that a request hands out: a seat's code, a host's link. */

import type { HandingOutOp, MadeSecret } from "#game/people/handing-out.ts";
import type { Request } from "#protocol";
import { keyedDigits, keyedToken, randomToken, seatCodeHash, sha256Hex } from "./secrets.ts";

/** So many codes are made, of which the room takes one that is no other seat's. */
const candidates = 4;

/** Makes the same secrets again for the same request under the same `cid`. @param key the room's own */
export async function madeSecrets(
  { op, cid }: Request<HandingOutOp>,
  userId: number,
  key: string,
): Promise<MadeSecret[]> {
  const seed = cid === undefined ? randomToken() : `${userId}\n${cid}`;
  if (op === "host_link") {
    const secret = await keyedToken(key, `host link\n${seed}`);
    return [{ secret, hash: await sha256Hex(secret) }];
  }
  const codes = Array.from({ length: candidates }, (_, n) =>
    keyedDigits(key, `code of a seat\n${n}\n${seed}`),
  );
  return Promise.all(
    codes.map(async (made) => {
      const secret = await made;
      return { secret, hash: await seatCodeHash(key, secret) };
    }),
  );
}
