/**
 * Puts a finished session into D1: whole, once, and never half visible.
 *
 * The rows go first, page by page; the `sessions` row is the commit mark and goes last, in a statement that counts the
 * rows itself. Until it is there, anybody may write the rows again (after a crash, or twice at once) and gets the same
 * ones. From then on nothing changes them any more.
 */

import { and, eq, getTableColumns, inArray, notExists, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { tableNames } from "#protocol";
import { isArchived } from "./read.ts";
import { apart, type Reading } from "./reading.ts";
import {
  ARCHIVE_FORMAT,
  archiveTables,
  participants,
  session_debrief,
  session_keys,
  session_log,
  sessions,
  type ArchiveTable,
} from "./schema.ts";
import {
  debriefTables,
  type ArchivedTable,
  type Cells,
  type PagedSession,
  type SessionPlace,
} from "./session.ts";

/** In the order in which they are written. */
const tables: Record<ArchivedTable, ArchiveTable> = {
  ...{ participants, session_keys, session_debrief, session_log },
  ...archiveTables,
};
const order = [...debriefTables, "participants", ...tableNames] as const;

/** Pieces that are cleared at a time, in pieces that are read at a time. */
const clearedPages = 8;
const tablesOfPieces: readonly ArchiveTable[] = [session_debrief, session_log];

/** The rows in D1 are not the session's: they have been cleared, and everything is to be written again. */
export class ArchiveMismatch extends Error {
  override readonly name = "ArchiveMismatch";
}

/**
 * Writes the session, or finds it written, a page a step. Stopped at any step it goes on from the place it was at.
 * @param from where an earlier attempt was; null: at the beginning
 * @param reading the pace at which rows of another session are cleared
 * @returns after each page, the place from where to go on; it ends when the session is there, whole
 * @throws where D1 fails: go on later, nothing is lost or doubled; or an `ArchiveMismatch`: begin again
 */
export async function* archiveSession(
  db: D1Database,
  session: PagedSession,
  from: SessionPlace | null,
  reading: Reading = apart,
): AsyncGenerator<SessionPlace, void> {
  if (await isArchived(db, session.sessionId)) return;
  let place = from ?? { table: order[0], after: null };
  for (const table of order.slice(order.indexOf(place.table))) {
    if (table !== place.table) place = { table, after: null };
    for (let isMore = true; isMore;) {
      const { rows, after } = await session.page(place);
      if (rows.length > 0) await insert(db, session.sessionId, table, rows);
      isMore = after !== null;
      if (isMore) yield (place = { table, after });
    }
  }
  await commit(db, session, reading);
}

/**
 * One statement takes any number of rows, as a JSON array of arrays in the order of the columns. D1 allows a hundred
 * bound parameters a statement: as rows of values these would be a statement for every six. Does nothing once the session
 * is committed.
 */
async function insert(
  db: D1Database,
  sessionId: string,
  name: ArchivedTable,
  rows: readonly Cells[],
): Promise<void> {
  const table = tables[name];
  const { session_id: _, ...columns } = getTableColumns(table);
  const names = Object.keys(columns);
  const key = getTableConfig(table).primaryKeys.flatMap((primary) => primary.columns);
  const cells = names.map((_, index) => `value ->> ${index}`).join(", ");
  const json = JSON.stringify(rows.map((row) => row.map(checkedCell)));
  const statement = drizzle(db)
    .insert(table)
    .select(
      sql`SELECT ${sessionId}, ${sql.raw(cells)} FROM json_each(${json}) WHERE ${notArchived(db, sessionId)}`,
    )
    .onConflictDoUpdate({
      target: key,
      set: Object.fromEntries(
        names
          .filter((column) => !key.some(({ name }) => name === column))
          .map((column) => [column, sql`excluded.${sql.identifier(column)}`]),
      ),
    });
  await drizzle(db).batch([statement]);
}

/** The condition that keeps every write away from a committed session. */
function notArchived(db: D1Database, sessionId: string) {
  const mark = drizzle(db).select().from(sessions).where(eq(sessions.session_id, sessionId));
  return notExists(mark);
}

/** A value as it may go into JSON: NaN would silently become null, a lone surrogate invalid UTF-8. */
function checkedCell(value: Cells[number]): Cells[number] {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a cell of the archive is ${value}`);
  return value;
}

/** Sets the commit mark if exactly the session's rows are there. If not (rows of an attempt with other data) it clears them. */
async function commit(db: D1Database, session: PagedSession, reading: Reading): Promise<void> {
  const { sessionId, room, name, createdAt, closedAt, traders, counts } = session;
  const { logHash, names, rounds } = session;
  const archive = drizzle(db);
  const countsAgree = order.map((part) => {
    const table = tables[part];
    return sql`${archive.$count(table, eq(table.session_id, sessionId))} = ${counts[part]}`;
  });
  const row = [sessionId, room, name.toWellFormed(), createdAt, closedAt];
  const facts = [traders, counts.trades, ARCHIVE_FORMAT, logHash, names, rounds];
  const cells = [...row, ...facts].map((cell) => sql`${cell}`);
  const mark = archive
    .insert(sessions)
    .select(sql`SELECT ${sql.join(cells, sql`, `)} WHERE ${and(...countsAgree)}`)
    .onConflictDoNothing();
  await archive.batch([mark]);
  if (await isArchived(db, sessionId)) return;
  for (const part of order) await clear(db, sessionId, tables[part], reading);
  throw new ArchiveMismatch(`the rows of session ${sessionId} in D1 do not add up`);
}

/**
 * Deletes a session for good: at first the row that makes it visible, at last the keys, with which its host can ask again
 * if a part has failed. @throws where D1 fails: try again
 */
export async function removeSession(
  db: D1Database,
  sessionId: string,
  reading: Reading = apart,
): Promise<void> {
  const archive = drizzle(db);
  await archive.batch([archive.delete(sessions).where(eq(sessions.session_id, sessionId))]);
  for (const part of [...order].reverse()) await clear(db, sessionId, tables[part], reading);
}

async function clear(
  db: D1Database,
  sessionId: string,
  table: ArchiveTable,
  reading: Reading,
): Promise<void> {
  const { rows, pieces } = reading;
  const archive = drizzle(db);
  const rowid = sql`rowid`;
  const some = archive
    .select({ rowid })
    .from(table)
    .where(eq(table.session_id, sessionId))
    .limit(tablesOfPieces.includes(table) ? clearedPages * pieces : rows);
  const statement = archive
    .delete(table)
    .where(and(inArray(rowid, some), notArchived(db, sessionId)));
  for (;;) {
    const [{ meta }] = await reading.page(() => archive.batch([statement]));
    if (meta.changes === 0) return;
  }
}
