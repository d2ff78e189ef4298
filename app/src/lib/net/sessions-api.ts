/** The HTTP endpoints of a session's debrief. A refusal is a value with a sentence; nothing is thrown. */

import { type Debrief, type SessionSummary } from "#protocol";
import type { HttpAnswer } from "./rooms-api.ts";
import { netWords } from "./words.ts";

const addressOf = (session: string, part = "") => `/api/sessions/${session}${part}`;

async function call<T>(
  path: string,
  key: string,
  read: (response: Response) => Promise<T>,
  method = "GET",
): Promise<HttpAnswer<T>> {
  let response: Response;
  try {
    response = await fetch(path, { method, headers: { authorization: `Bearer ${key}` } });
    if (response.ok) return { ok: true, value: await read(response) };
  } catch {
    return { ok: false, status: 0, message: netWords.unreachable };
  }
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  const message = body?.error?.message ?? netWords.strange(response.status);
  return { ok: false, status: response.status, message };
}

/** @param key of the host, of a trader's seat, or of the class */
export function sessionSummary(session: string, key: string): Promise<HttpAnswer<SessionSummary>> {
  return call(addressOf(session), key, (response) => response.json() as Promise<SessionSummary>);
}

export function debriefOf(session: string, key: string): Promise<HttpAnswer<Debrief>> {
  return call(
    addressOf(session, "/debrief"),
    key,
    (response) => response.json() as Promise<Debrief>,
  );
}

/** The log as its bytes: its hashes are those of the bytes. */
export function logOf(session: string, key: string): Promise<HttpAnswer<Uint8Array>> {
  return call(
    addressOf(session, "/log"),
    key,
    async (response) => new Uint8Array(await response.arrayBuffer()),
  );
}

/** @param query such as `?for=excel` */
export function sessionFile(
  session: string,
  file: string,
  key: string,
  query = "",
): Promise<HttpAnswer<Blob>> {
  return call(addressOf(session, `/files/${file}${query}`), key, (response) => response.blob());
}

/** Deletes the session and everything of it, for good. Only the host's key may. */
export function deleteSession(session: string, key: string): Promise<HttpAnswer<null>> {
  return call(addressOf(session), key, () => Promise.resolve(null), "DELETE");
}
