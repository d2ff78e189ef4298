/**
 * Finds a session by its id, and whose key opens it: in the archive, which knows the keys' hashes for good, or in its room,
 * which the id leads to.
 */

import type { DebriefViewer, SessionSummary } from "#protocol";
import { roomOfSession } from "#protocol";
import { hasDebrief, keyOf, readFacts } from "../../archive/debrief.ts";
import type { SessionFacts, SessionHeader } from "../../archive/session.ts";
import type { Env } from "../../env.ts";
import { log } from "../../log.ts";
import { sha256Hex } from "../../room/secrets.ts";
import { httpError, noSuchSession } from "../errors.ts";
import { reachRoom } from "../room-stub.ts";

/** A session that a key has opened. */
export interface FoundSession {
  summary: SessionSummary;
  viewer: DebriefViewer;
  /** Whether debrief and log are read from the archive; else the room makes them. */
  isInArchive: boolean;
}

/** @param bearer the key; null: none was sent. @returns the session, or a refusal */
export async function findSession(
  env: Env,
  address: string,
  sessionId: string,
  bearer: string | null,
): Promise<FoundSession | Response> {
  if (!/^[\w-]{1,64}$/.test(sessionId)) return noSuchSession();
  if (bearer === null) return wrongKey();
  const archived = await inArchive(env, sessionId, bearer);
  if (archived !== null && "viewer" in archived) return archived;
  const room = archived?.facts.room ?? roomOfSession(sessionId);
  if (room === null) return noSuchSession();
  const answer = await reachRoom(env, address, room, `/session/${sessionId}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  if (answer.ok) {
    const summary = await answer.json<SessionSummary>();
    return { summary, viewer: summary.viewer, isInArchive: false };
  }
  if (answer.status === 401) return wrongKey();
  if (answer.status === 403) return stillRuns();
  if (answer.status === 404) return archived === null ? noSuchSession() : wrongKey();
  return answer;
}

/** Looks in the archive. A failure there is no end: the room may still have it all. */
async function inArchive(
  env: Env,
  sessionId: string,
  bearer: string,
): Promise<FoundSession | { facts: SessionHeader } | null> {
  try {
    const facts = await readFacts(env.DB, sessionId);
    if (facts === null) return null;
    const key = await keyOf(env.DB, sessionId, await sha256Hex(bearer));
    // The archive of an earlier release has no keys, and no debrief: the room has them as long as it is kept.
    if (key === null || !(await hasDebrief(env.DB, sessionId))) return { facts };
    const viewer = { role: key.role, user_id: key.userId };
    return { summary: summaryOf(facts, viewer), viewer, isInArchive: true };
  } catch (fault) {
    log("error", "archive.unreachable", { fault });
    return null;
  }
}

function summaryOf(facts: SessionHeader & SessionFacts, viewer: DebriefViewer): SessionSummary {
  const { sessionId, room, name, createdAt, closedAt, traders, trades, rounds, logHash, names } =
    facts;
  return {
    ...{ session_id: sessionId, room, name, created_at: createdAt, closed_at: closedAt },
    ...{ traders, trades, rounds, log_hash: logHash, names, viewer },
  };
}

export function wrongKey(): Response {
  return httpError(
    401,
    "BAD_TOKEN",
    "Send a key of the session as a bearer token: the host's, your resume token, or that of the class.",
  );
}

export function stillRuns(): Response {
  return httpError(
    403,
    "FORBIDDEN",
    "The session still runs: until its close it opens to the host alone.",
  );
}
