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

/**
 * Version of the rows' meaning, written with each session. From 2 on equals share a rank, and positions say what was
 * settled; from 3 on rows say their round, and rounds have files.
 */
export const ARCHIVE_FORMAT = 3;

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
  /** Null in sessions from before there was a log. */
  log_hash: text(),
  names: text().notNull().default("shown"),
  round_count: integer().notNull().default(0),
});

/** Hashes of the keys that open the session: of the host, of each trader, of the class. */
export const session_keys = sqliteTable(
  "session_keys",
  {
    session_id: sessionId(),
    hash: text().notNull(),
    role: text().notNull(),
    /** A trader's; null for others. */
    user_id: integer(),
  },
  (t) => [primaryKey({ columns: [t.session_id, t.hash] })],
);

/** The debrief as JSON, in pieces: a value has a limited size. */
export const session_debrief = sqliteTable(
  "session_debrief",
  { session_id: sessionId(), part: integer().notNull(), content: text().notNull() },
  (t) => [primaryKey({ columns: [t.session_id, t.part] })],
);

/** The log, some lines in a row: `n` is the first one's number. */
export const session_log = sqliteTable(
  "session_log",
  { session_id: sessionId(), n: integer().notNull(), content: text().notNull() },
  (t) => [primaryKey({ columns: [t.session_id, t.n] })],
);

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
    const own = table as Record<string, SQLiteColumn>;
    const key = keyNames.map((column) => own[column] as SQLiteColumn);
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
  rounds: archiveTable("rounds"),
  hands: archiveTable("hands"),
  scores: archiveTable("scores"),
};
export const { trades, orders, positions, pnl, instruments, events } = archiveTables;
export const { rounds, hands, scores } = archiveTables;
