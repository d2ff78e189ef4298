/** Finished sessions, out of D1. A session that is not whole yet does not exist here. */

import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { ExportData, ExportRow, TableName } from "#protocol";
import { archiveTables, participants, sessions } from "./schema.ts";
import type { ArchivedSession, ExportSource, Participant, SessionHeader } from "./session.ts";

/** Rows of one query, so that no answer of D1 grows with the session. */
const PAGE_ROWS = 2_000;

/** The session whole, or null if there is none of that id. */
export async function readSession(
  db: D1Database,
  sessionId: string,
): Promise<ArchivedSession | null> {
  const header = await readHeader(db, sessionId);
  if (header === null) return null;
  const data: ExportData = {
    trades: await allOf(db, sessionId, "trades"),
    orders: await allOf(db, sessionId, "orders"),
    positions: await allOf(db, sessionId, "positions"),
    pnl: await allOf(db, sessionId, "pnl"),
    instruments: await allOf(db, sessionId, "instruments"),
    events: await allOf(db, sessionId, "events"),
  };
  return { ...header, participants: await readParticipants(db, sessionId), data };
}

/** Whether the session is in the archive, whole. */
export async function isArchived(db: D1Database, sessionId: string): Promise<boolean> {
  return (await readHeader(db, sessionId)) !== null;
}

/** The session without its rows, or null if there is none of that id. */
export async function readHeader(db: D1Database, sessionId: string): Promise<SessionHeader | null> {
  const [row] = await drizzle(db)
    .select({
      sessionId: sessions.session_id,
      room: sessions.room,
      name: sessions.name,
      createdAt: sessions.created_at,
      closedAt: sessions.closed_at,
    })
    .from(sessions)
    .where(eq(sessions.session_id, sessionId));
  return row ?? null;
}

/** The people of an archived session, in the order of their ids. */
export function readParticipants(db: D1Database, sessionId: string): Promise<Participant[]> {
  const { session_id, ...columns } = getTableColumns(participants);
  return drizzle(db)
    .select(columns)
    .from(participants)
    .where(eq(session_id, sessionId))
    .orderBy(asc(participants.user_id));
}

/** The rows of an archived session, to serve a file without loading the other tables. */
export function sourceOfArchive(db: D1Database, sessionId: string): ExportSource {
  return (table) => listTable(db, sessionId, table);
}

/**
 * One table's rows, page by page in the order of their keys; `pnl` by rank.
 * Call it only for a session that `readHeader` knows.
 */
export async function* listTable<T extends TableName>(
  db: D1Database,
  sessionId: string,
  table: T,
): AsyncGenerator<ExportRow<T>[]> {
  const source: SQLiteTable = archiveTables[table];
  const { session_id } = archiveTables[table];
  const all: [string, SQLiteColumn][] = Object.entries(getTableColumns(source));
  const columns = Object.fromEntries(all.filter(([name]) => name !== session_id.name));
  const key = getTableConfig(source)
    .primaryKeys.flatMap((primary) => primary.columns)
    .filter((column) => column.name !== session_id.name);
  const keyList = sql`(${sql.join(key, sql`, `)})`;
  for (let last: Record<string, unknown> | undefined; ;) {
    const values = key.map((column) => sql`${last?.[column.name]}`);
    const after = last && sql`${keyList} > (${sql.join(values, sql`, `)})`;
    const page: Record<string, unknown>[] = await drizzle(db)
      .select(columns)
      .from(source)
      .where(and(eq(session_id, sessionId), after))
      .orderBy(...key.map((column) => asc(column)))
      .limit(PAGE_ROWS);
    last = page.at(-1);
    // The schema's test proves that a row of the table is a row of the export.
    const rows = page as ExportRow<T>[];
    // A room's people fit on one page.
    if (table === "pnl") (rows as ExportRow<"pnl">[]).sort(byRank);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
  }
}

function byRank(a: ExportRow<"pnl">, b: ExportRow<"pnl">): number {
  return (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.user_id ?? 0) - (b.user_id ?? 0);
}

async function allOf<T extends TableName>(
  db: D1Database,
  sessionId: string,
  table: T,
): Promise<ExportRow<T>[]> {
  const rows: ExportRow<T>[] = [];
  for await (const page of listTable(db, sessionId, table)) for (const row of page) rows.push(row);
  return rows;
}
