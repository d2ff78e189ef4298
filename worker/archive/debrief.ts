/** The debrief and the log of a finished session, out of D1, and the keys that open it. */

import { and, asc, eq, gt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { NamesSetting } from "#protocol";
import { expectWhole } from "./read.ts";
import { apart, type Reading } from "./reading.ts";
import { session_debrief, session_keys, session_log, sessions } from "./schema.ts";
import type { SessionFacts, SessionHeader, SessionKey } from "./session.ts";

/** Finds out whose key this is; null: nobody's. Keys of a session that is being deleted are known to the end. */
export async function keyOf(
  db: D1Database,
  sessionId: string,
  hash: string,
): Promise<SessionKey | null> {
  const [row] = await drizzle(db)
    .select({ hash: session_keys.hash, role: session_keys.role, userId: session_keys.user_id })
    .from(session_keys)
    .where(and(eq(session_keys.session_id, sessionId), eq(session_keys.hash, hash)));
  return row === undefined ? null : { ...row, role: row.role as SessionKey["role"] };
}

/** The session without its rows; null: it is not in the archive. */
export async function readFacts(
  db: D1Database,
  sessionId: string,
): Promise<(SessionHeader & SessionFacts) | null> {
  const [row] = await drizzle(db)
    .select({
      sessionId: sessions.session_id,
      room: sessions.room,
      name: sessions.name,
      createdAt: sessions.created_at,
      closedAt: sessions.closed_at,
      traders: sessions.trader_count,
      trades: sessions.trade_count,
      rounds: sessions.round_count,
      logHash: sessions.log_hash,
      names: sessions.names,
    })
    .from(sessions)
    .where(eq(sessions.session_id, sessionId));
  return row === undefined ? null : { ...row, names: row.names as NamesSetting };
}

/** Whether the archive has the debrief and the log: sessions of earlier releases have none. */
export async function hasDebrief(db: D1Database, sessionId: string): Promise<boolean> {
  const [row] = await drizzle(db)
    .select({ part: session_debrief.part })
    .from(session_debrief)
    .where(eq(session_debrief.session_id, sessionId))
    .limit(1);
  return row !== undefined;
}

/** The debrief's JSON, piece by piece. @param after the piece behind which to begin; null: at the beginning */
export async function* debriefPieces(
  db: D1Database,
  sessionId: string,
  reading: Reading = apart,
  after: number | null = null,
): AsyncGenerator<string> {
  for (let last = after ?? -1; ;) {
    const page = await reading.page(() =>
      drizzle(db)
        .select({ key: session_debrief.part, content: session_debrief.content })
        .from(session_debrief)
        .where(and(eq(session_debrief.session_id, sessionId), gt(session_debrief.part, last)))
        .orderBy(asc(session_debrief.part))
        .limit(reading.pieces)
        .all(),
    );
    for (const { content } of page) yield content;
    if (page.length < reading.pieces) return expectWhole(db, sessionId);
    last = page.at(-1)?.key ?? last;
  }
}

/** The log's lines, some at a time, each with its line feed. @param after as for the debrief */
export async function* logPieces(
  db: D1Database,
  sessionId: string,
  reading: Reading = apart,
  after: number | null = null,
): AsyncGenerator<string> {
  for (let last = after ?? 0; ;) {
    const page = await reading.page(() =>
      drizzle(db)
        .select({ key: session_log.n, content: session_log.content })
        .from(session_log)
        .where(and(eq(session_log.session_id, sessionId), gt(session_log.n, last)))
        .orderBy(asc(session_log.n))
        .limit(reading.pieces)
        .all(),
    );
    for (const { content } of page) yield content;
    if (page.length < reading.pieces) return expectWhole(db, sessionId);
    last = page.at(-1)?.key ?? last;
  }
}
