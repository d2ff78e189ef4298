/** Recognizes requests that come from the guard in front, on a server that has one: their headers are believed. */

import { switchboardHeader } from "../../edge/switchboard.ts";
import type { Env } from "../env.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** True for every request where there is no guard. */
export function isFromGuard(request: Request, env: Env): boolean {
  if (env.LAUNCHER_KEY === undefined) return true;
  const given = bytes(request.headers.get("x-launcher-key") ?? "");
  const key = bytes(env.LAUNCHER_KEY);
  // Takes the same time however much of the key is right.
  return given.length === key.length && crypto.subtle.timingSafeEqual(given, key);
}

/** The note that the guard's switchboard has added; null for a line that does not come from one. */
export function switchboardNote(request: Request, env: Env): string | null {
  return env.LAUNCHER_KEY === undefined ? null : request.headers.get(switchboardHeader);
}
