/**
 * Puts a finished session into D1: whole, once, and never half visible.
 *
 * The rows go first, in bounded batches; the `sessions` row is the commit mark and goes last, in a
 * statement that counts the rows itself. Until it is there, anybody may write the rows again (after
 * a crash, or twice at once) and gets the same ones. From then on nothing changes them any more.
 */

import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { tableNames } from "#protocol";
import { isArchived } from "./read.ts";
import { ARCHIVE_FORMAT, archiveTables, participants } from "./schema.ts";
import type { ArchivedSession } from "./session.ts";

/** JSON of a batch's largest statement. D1 binds at most 2 MB; a UTF-16 unit is at most 3 bytes of it. */
const STATEMENT_CHARS = 400_000;

/** The condition that keeps every write away from a committed session. */
const notArchived = "NOT EXISTS (SELECT 1 FROM sessions WHERE session_id = ?1)";

const tables: SQLiteTable[] = [participants, ...tableNames.map((name) => archiveTables[name])];

/**
 * Writes the session, or finds it written.
 * @throws where D1 fails or the rows do not add up: call again later, nothing is lost or doubled.
 */
export async function archiveSession(db: D1Database, session: ArchivedSession): Promise<void> {
  if (await isArchived(db, session.sessionId)) return;
  for (const batch of batches(db, session)) await db.batch(batch);
  await commit(db, session);
}

/** The statements of all rows; together those of a batch carry at most twice STATEMENT_CHARS. */
function* batches(db: D1Database, session: ArchivedSession): Generator<D1PreparedStatement[]> {
  let batch: D1PreparedStatement[] = [];
  let chars = 0;
  for (const table of tables) {
    const insert = db.prepare(insertText(table));
    for (const json of chunks(table, rowsOf(session, table))) {
      batch.push(insert.bind(session.sessionId, json));
      chars += json.length;
      if (chars < STATEMENT_CHARS) continue;
      yield batch;
      batch = [];
      chars = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/**
 * One statement takes any number of rows: `?2` is a JSON array of arrays, in the order of the
 * columns. D1 counts bound parameters (100) and statements, so this is hundreds of times fewer of
 * each than rows of `?`. Does nothing once the session is committed.
 */
function insertText(table: SQLiteTable): string {
  const keys = keyColumns(table);
  const columns = rowColumns(table);
  const updates = columns.filter((column) => !keys.includes(column));
  const cells = columns.map((_, index) => `value ->> ${index}`);
  return `INSERT INTO ${quote(getTableName(table))} (${["session_id", ...columns].map(quote).join(", ")})
SELECT ?1, ${cells.join(", ")} FROM json_each(?2)
WHERE ${notArchived}
ON CONFLICT (${keys.map(quote).join(", ")})
DO UPDATE SET ${updates.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(", ")}`;
}

/** The rows as JSON arrays of about STATEMENT_CHARS at most. */
function* chunks(table: SQLiteTable, rows: object[]): Generator<string> {
  const columns = rowColumns(table);
  let parts: string[] = [];
  let chars = 0;
  for (const row of rows) {
    const cells = columns.map((column) => checkedCell((row as Record<string, unknown>)[column]));
    const part = JSON.stringify(cells);
    if (chars > 0 && chars + part.length > STATEMENT_CHARS) {
      yield `[${parts.join(",")}]`;
      parts = [];
      chars = 0;
    }
    parts.push(part);
    chars += part.length + 1;
  }
  if (parts.length > 0) yield `[${parts.join(",")}]`;
}

/** A value as it may go into JSON: NaN would silently become null, a lone surrogate invalid UTF-8. */
function checkedCell(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a cell of the archive is ${value}`);
  return value ?? null;
}

/**
 * Sets the commit mark if exactly the session's rows are there. If not (rows of an attempt with other
 * data, or two rows of one key) it clears them in the same transaction: the next attempt starts from nothing.
 */
async function commit(db: D1Database, session: ArchivedSession): Promise<void> {
  const { sessionId, room, name, createdAt, closedAt } = session;
  const traders = session.participants.filter((one) => one.role === "trader").length;
  const expected = tables.map((table) => rowsOf(session, table).length);
  const countsAgree = tables.map(
    (table, index) =>
      `(SELECT count(*) FROM ${quote(getTableName(table))} WHERE session_id = ?1) = ?${index + 9}`,
  );
  const mark = db
    .prepare(
      `INSERT INTO sessions (session_id, room, name, created_at, closed_at, trader_count, trade_count, format_version)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE ${countsAgree.join(" AND ")} ON CONFLICT (session_id) DO NOTHING`,
    )
    .bind(
      ...[sessionId, room, name.toWellFormed(), createdAt, closedAt],
      ...[traders, session.data.trades.length, ARCHIVE_FORMAT, ...expected],
    );
  const clear = tables.map((table) =>
    db
      .prepare(`DELETE FROM ${quote(getTableName(table))} WHERE session_id = ?1 AND ${notArchived}`)
      .bind(sessionId),
  );
  await db.batch([mark, ...clear]);
  if (await isArchived(db, sessionId)) return;
  throw new Error(`the rows of session ${sessionId} in D1 do not add up`);
}

function rowsOf(session: ArchivedSession, table: SQLiteTable): object[] {
  const name = tableNames.find((candidate) => archiveTables[candidate] === table);
  return name === undefined ? session.participants : session.data[name];
}

function rowColumns(table: SQLiteTable): string[] {
  return Object.keys(getTableColumns(table)).filter((column) => column !== "session_id");
}

function keyColumns(table: SQLiteTable): string[] {
  return getTableConfig(table).primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
}

function quote(identifier: string): string {
  return `"${identifier}"`;
}
