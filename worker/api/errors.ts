/** Refusals over HTTP: `{error: {code, message}}` with a fitting status. */

import { errorText } from "#protocol";

export function httpError(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { error: { code, message } },
    { status, headers: { "Cache-Control": "no-store", ...headers } },
  );
}

export function notFound(): Response {
  return httpError(404, "NOT_FOUND", "There is no such address: see docs/api.md.");
}

export function noSuchRoom(): Response {
  return httpError(404, "NO_SUCH_ROOM", errorText.NO_SUCH_ROOM);
}

/** Refuses with 503: the server cannot do it now. */
export function tooBusy(message: string, retryAfterS: number): Response {
  return httpError(503, "UNAVAILABLE", message, { "Retry-After": String(retryAfterS) });
}

/** Refuses with 429: the client asks too often. @param waitMs until it may ask again */
export function tooMany(waitMs: number): Response {
  return httpError(429, "RATE_LIMITED", errorText.RATE_LIMITED, {
    "Retry-After": String(Math.max(1, Math.ceil(waitMs / 1_000))),
  });
}

export function noSuchSession(): Response {
  return httpError(404, "NO_SUCH_SESSION", "There is no such session, or it was deleted.");
}
