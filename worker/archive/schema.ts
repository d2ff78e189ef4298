/**
 * The tables of finished sessions in D1: one for each file of `exportTables`, the people, and the
 * session itself. Knows nothing of rooms or of how a file is written.
 *
 * Columns are the export's, so that a row read is a row exported. Keys are the game's own ids within a
 * session: writing the same session twice changes nothing. After a change of the protocol's columns:
 * `npx drizzle-kit generate`.
 */

import {
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  type SQLiteColumn,
  type SQLiteColumnBuilderBase,
  type SQLiteTable,
} from "drizzle-orm/sqlite-core";
import { exportKeys, exportTables, type ColumnKind, type TableName } from "#protocol";

/** Version of the rows' meaning, written with each session. From 2 on equals share a rank, and positions say what was settled. */
export const ARCHIVE_FORMAT = 2;

/** A table of which each row belongs to a session: its first column says to which. */
export type ArchiveTable = SQLiteTable & { session_id: SQLiteColumn };

const sessionId = () => text("session_id").notNull();

/** A row here says that the session is whole: it is written last. */
export const sessions = sqliteTable("sessions", {
  session_id: text().primaryKey(),
  room: text().notNull(),
  name: text().notNull(),
  created_at: integer().notNull(),
  closed_at: integer().notNull(),
  trader_count: integer().notNull(),
  trade_count: integer().notNull(),
  format_version: integer().notNull(),
});

export const participants = sqliteTable(
  "participants",
  {
    session_id: sessionId(),
    user_id: integer().notNull(),
    name: text().notNull(),
    role: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.user_id] })],
);

const columnOf = {
  int: () => integer(),
  number: () => real(),
  text: () => text(),
  time: () => integer(),
  bool: () => integer({ mode: "boolean" }).notNull(),
} satisfies Record<ColumnKind, unknown>;

function archiveTable(name: TableName): ArchiveTable {
  const keyNames: readonly string[] = exportKeys[name];
  const columns = Object.entries<ColumnKind>(exportTables[name]).map(([column, kind]) => {
    const builder = columnOf[kind]();
    return [column, keyNames.includes(column) ? builder.notNull() : builder];
  });
  const byName = {
    session_id: sessionId(),
    ...(Object.fromEntries(columns) as Record<string, SQLiteColumnBuilderBase>),
  };
  return sqliteTable(name, byName, ({ session_id, ...table }) => {
    const own = Object.values(table) as SQLiteColumn[];
    const key = own.filter((column) => keyNames.includes(column.name));
    return [primaryKey({ columns: [session_id, ...key] })];
  });
}

/** The table of each export file. drizzle-kit finds those that stand by themselves. */
export const archiveTables: Readonly<Record<TableName, ArchiveTable>> = {
  trades: archiveTable("trades"),
  orders: archiveTable("orders"),
  positions: archiveTable("positions"),
  pnl: archiveTable("pnl"),
  instruments: archiveTable("instruments"),
  events: archiveTable("events"),
};
export const { trades, orders, positions, pnl, instruments, events } = archiveTables;
