/** A finished session, as the archive takes it. */

import type { DebriefViewer, ExportRow, NamesSetting, TableName } from "#protocol";

/** A session without its rows. Times are Unix milliseconds. */
export interface SessionHeader {
  sessionId: string;
  room: string;
  name: string;
  createdAt: number;
  closedAt: number;
}

/** Figures of the session's summary beside its header. */
export interface SessionFacts {
  /** Number of traders who took part. */
  traders: number;
  trades: number;
  rounds: number;
  /** Hash of the log's last line; null: the session is older than the log. */
  logHash: string | null;
  names: NamesSetting;
}

/** Key that opens a session, by its hash. */
export interface SessionKey {
  hash: string;
  role: DebriefViewer["role"];
  userId: number | null;
}

/** Tables of an archived session that no file shows. */
export const debriefTables = ["session_keys", "session_debrief", "session_log"] as const;
export type DebriefTable = (typeof debriefTables)[number];
export type ArchivedTable = TableName | "participants" | DebriefTable;
/** Cells in the order of the export's columns; a flag is true and false or 1 and 0. */
export type Cells = (string | number | boolean | null)[];

/** A place in a session: in a table, behind the row with that key; null: at its beginning. */
export interface SessionPlace {
  table: ArchivedTable;
  after: unknown;
}

/** A session to be read page by page, the same however often. */
export interface PagedSession extends SessionHeader, Omit<SessionFacts, "trades"> {
  /** Number of rows of each table. */
  counts: Record<ArchivedTable, number>;
  /** The rows behind a place, some ten thousand characters, and the key of the last; null: no more. */
  page(place: SessionPlace): Promise<{ rows: readonly Cells[]; after: unknown }>;
}

/**
 * The source of a file's rows, page by page: a running room or the archive. Asked
 * for a table again, it gives the same rows in the same order, though a game goes on meanwhile.
 */
export type ExportSource = <T extends TableName>(table: T) => AsyncIterable<ExportRow<T>[]>;
