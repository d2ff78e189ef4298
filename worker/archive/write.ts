/**
 * Puts a finished session into D1: whole, once, and never half visible.
 *
 * The rows go first, page by page; the `sessions` row is the commit mark and goes last, in a statement that counts the
 * rows itself. Until it is there, anybody may write the rows again (after a crash, or twice at once) and gets the same
 * ones. From then on nothing changes them any more.
 */

import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { tableNames } from "#protocol";
import { isArchived } from "./read.ts";
import { ARCHIVE_FORMAT, archiveTables, participants } from "./schema.ts";
import type { ArchivedTable, Cells, PagedSession, SessionPlace } from "./session.ts";

/** The condition that keeps every write away from a committed session. */
const notArchived = "NOT EXISTS (SELECT 1 FROM sessions WHERE session_id = ?1)";

/** In the order in which they are written. */
const tables: Record<ArchivedTable, SQLiteTable> = { participants, ...archiveTables };
const order = ["participants", ...tableNames] as const;

/** Rows that are cleared at a time. */
const clearedRows = 2_000;

/** The rows in D1 are not the session's: they have been cleared, and everything is to be written again. */
export class ArchiveMismatch extends Error {
  override readonly name = "ArchiveMismatch";
}

/**
 * Writes the session, or finds it written, a page a step. Stopped at any step it goes on from the place it was at.
 * @param from where an earlier attempt was; null: at the beginning
 * @returns after each page, the place from where to go on; it ends when the session is there, whole
 * @throws where D1 fails: go on later, nothing is lost or doubled; or an `ArchiveMismatch`: begin again
 */
export async function* archiveSession(
  db: D1Database,
  session: PagedSession,
  from: SessionPlace | null,
): AsyncGenerator<SessionPlace, void> {
  if (await isArchived(db, session.sessionId)) return;
  let place = from ?? { table: order[0], after: null };
  for (const table of order.slice(order.indexOf(place.table))) {
    if (table !== place.table) place = { table, after: null };
    for (let isMore = true; isMore;) {
      const { rows, after } = await session.page(place);
      if (rows.length > 0) await db.batch([insertion(db, session.sessionId, table, rows)]);
      isMore = after !== null;
      if (isMore) yield (place = { table, after });
    }
  }
  await commit(db, session);
}

/**
 * One statement takes any number of rows: `?2` is a JSON array of arrays, in the order of the columns. D1 counts bound
 * parameters (100) and statements, so this is hundreds of times fewer of each than rows of `?`. Does nothing once the
 * session is committed.
 */
function insertion(
  db: D1Database,
  sessionId: string,
  name: ArchivedTable,
  rows: readonly Cells[],
): D1PreparedStatement {
  const table = tables[name];
  const keys = keyColumns(table);
  const columns = Object.keys(getTableColumns(table)).filter((column) => column !== "session_id");
  const updates = columns.filter((column) => !keys.includes(column));
  const cells = columns.map((_, index) => `value ->> ${index}`);
  const text = `INSERT INTO ${quote(getTableName(table))} (${["session_id", ...columns].map(quote).join(", ")})
SELECT ?1, ${cells.join(", ")} FROM json_each(?2)
WHERE ${notArchived}
ON CONFLICT (${keys.map(quote).join(", ")})
DO UPDATE SET ${updates.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(", ")}`;
  return db.prepare(text).bind(sessionId, JSON.stringify(rows.map((row) => row.map(checkedCell))));
}

/** A value as it may go into JSON: NaN would silently become null, a lone surrogate invalid UTF-8. */
function checkedCell(value: Cells[number]): Cells[number] {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a cell of the archive is ${value}`);
  return value;
}

/** Sets the commit mark if exactly the session's rows are there. If not (rows of an attempt with other data) it clears them. */
async function commit(db: D1Database, session: PagedSession): Promise<void> {
  const { sessionId, room, name, createdAt, closedAt, traders, counts } = session;
  const countsAgree = order.map(
    (table, index) =>
      `(SELECT count(*) FROM ${quote(table)} WHERE session_id = ?1) = ?${index + 9}`,
  );
  const mark = db
    .prepare(
      `INSERT INTO sessions (session_id, room, name, created_at, closed_at, trader_count, trade_count, format_version)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE ${countsAgree.join(" AND ")} ON CONFLICT (session_id) DO NOTHING`,
    )
    .bind(
      ...[sessionId, room, name.toWellFormed(), createdAt, closedAt],
      ...[traders, counts.trades, ARCHIVE_FORMAT, ...order.map((table) => counts[table])],
    );
  await db.batch([mark]);
  if (await isArchived(db, sessionId)) return;
  for (const table of order) await clear(db, sessionId, table);
  throw new ArchiveMismatch(`the rows of session ${sessionId} in D1 do not add up`);
}

async function clear(db: D1Database, sessionId: string, table: ArchivedTable): Promise<void> {
  const some = `SELECT rowid FROM ${quote(table)} WHERE session_id = ?1 LIMIT ${clearedRows}`;
  const statement = db
    .prepare(`DELETE FROM ${quote(table)} WHERE rowid IN (${some}) AND ${notArchived}`)
    .bind(sessionId);
  for (;;) {
    const [result] = await db.batch([statement]);
    if ((result?.meta.changes ?? 0) === 0) return;
  }
}

function keyColumns(table: SQLiteTable): string[] {
  return getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
}

function quote(identifier: string): string {
  return `"${identifier}"`;
}
