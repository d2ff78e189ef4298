/**
 * Secrets in the fragment of a room's link, which browsers send to no server: the code of a seat, or the secret that
 * makes one more host. Each works once.
 */

import type { Credentials } from "#lib/state/room-client.svelte.ts";

export type HandedOut = { kind: "seat" | "host"; secret: string };

/** @param hash fragment of the page's address; null: it brings no secret */
export function handedOutIn(hash: string): HandedOut | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  for (const kind of ["seat", "host"] as const) {
    const secret = fields.get(kind)?.trim();
    if (secret) return { kind, secret };
  }
  return null;
}

export function credentialsOf({ kind, secret }: HandedOut): Credentials {
  return kind === "seat" ? { seat_code: secret } : { role: "exchange", host_token: secret };
}
