/** Says which pages may use the API. A client that sends no Origin is not a browser: its tokens say who it is. */

import type { Env } from "../env.ts";

/** The game's public origin: the configured one, else that of the request. */
export function publicOrigin(request: Request, env: Env): string {
  return env.PUBLIC_ORIGIN ?? new URL(request.url).origin;
}

export function originAllowed(request: Request, env: Env): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  const others = (env.ALLOWED_ORIGINS ?? "").split(",").map((one) => one.trim());
  const listed = origin !== "" && origin !== "null" && others.includes(origin);
  return listed || origin === publicOrigin(request, env);
}
