/**
 * A fresh request id. Not crypto.randomUUID: browsers offer that over https only, and a classroom may use plain http.
 */
export function freshCid(): string {
  return randomHex(12);
}

/** A fresh id of a join. It is a secret: for a while it opens the seat that the join has taken. */
export function freshJoinCid(): string {
  return randomHex(16);
}

function randomHex(count: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
