/** Refusals over HTTP: `{error: {code, message}}` with a fitting status. */
export function httpError(status: number, code: string, message: string): Response {
  return Response.json(
    { error: { code, message } },
    { status, headers: { "Cache-Control": "no-store" } },
  );
}
