/** Finished sessions, out of D1. A session that is not whole yet does not exist here. */

import { and, asc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { getTableConfig, type SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { ExportRow, TableName } from "#protocol";
import { archiveTables, sessions } from "./schema.ts";
import { apart, type Reading } from "./reading.ts";
import type { ExportSource, SessionHeader } from "./session.ts";

/** Whether the session is in the archive, whole. */
export async function isArchived(db: D1Database, sessionId: string): Promise<boolean> {
  return (await readHeader(db, sessionId)) !== null;
}

/**
 * Proves that all that was read of a session was there: a deletion takes the session's own row first.
 * @throws {Error} the session is deleted, so that what was read may be a part
 */
export async function expectWhole(db: D1Database, sessionId: string): Promise<void> {
  if (!(await isArchived(db, sessionId))) throw new Error("the session was deleted meanwhile");
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

/** The rows of an archived session, to serve a file without loading the other tables. */
export function sourceOfArchive(
  db: D1Database,
  sessionId: string,
  reading: Reading = apart,
): ExportSource {
  return (table) => listTable(db, sessionId, table, reading);
}

/**
 * One table's rows, page by page in the order of their keys; `pnl` by rank.
 * Call it only for a session that `readHeader` knows.
 */
export async function* listTable<T extends TableName>(
  db: D1Database,
  sessionId: string,
  table: T,
  reading: Reading = apart,
): AsyncGenerator<ExportRow<T>[]> {
  const source = archiveTables[table];
  const { session_id } = source;
  const all: [string, SQLiteColumn][] = Object.entries(getTableColumns(source));
  const columns = Object.fromEntries(all.filter(([name]) => name !== session_id.name));
  const key = getTableConfig(source)
    .primaryKeys.flatMap((primary) => primary.columns)
    .filter((column) => column.name !== session_id.name);
  // A room's people fit on one page, which is then put into the order of their ranks.
  const most = table === "pnl" ? apart.rows : reading.rows;
  const keyList = sql`(${sql.join(key, sql`, `)})`;
  for (let last: Record<string, unknown> | undefined; ;) {
    const values = key.map((column) => sql`${last?.[column.name]}`);
    const after = last && sql`${keyList} > (${sql.join(values, sql`, `)})`;
    const page: Record<string, unknown>[] = await reading.page(() =>
      drizzle(db)
        .select(columns)
        .from(source)
        .where(and(eq(session_id, sessionId), after))
        .orderBy(...key.map((column) => asc(column)))
        .limit(most)
        .all(),
    );
    last = page.at(-1);
    // The schema's test proves that a row of the table is a row of the export.
    const rows = page as ExportRow<T>[];
    if (table === "pnl") (rows as ExportRow<"pnl">[]).sort(byRank);
    if (rows.length > 0) yield rows;
    if (rows.length < most) return expectWhole(db, sessionId);
  }
}

function byRank(a: ExportRow<"pnl">, b: ExportRow<"pnl">): number {
  return (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.user_id ?? 0) - (b.user_id ?? 0);
}
