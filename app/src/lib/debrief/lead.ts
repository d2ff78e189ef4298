/** The line of a session's page to its room, over which the host leads everybody's replay. */

import { toRoom } from "#lib/net/transport.ts";
import { Lead } from "#lib/replay/lead.svelte.ts";
import { watchingSeat } from "#lib/state/seats.ts";
import type { SessionPage } from "./session.svelte.ts";

/** @returns null if the session runs, or if this browser has no seat in its room */
export function leadIn({ summary, isHost }: SessionPage): Lead | null {
  if (summary === null || summary.closed_at === null) return null;
  const token = watchingSeat(summary.room)?.resumeToken ?? null;
  return token === null ? null : new Lead(isHost, toRoom(summary.room), token);
}
