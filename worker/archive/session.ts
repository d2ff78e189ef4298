/** A finished session, as the archive takes it. */

import type { ExportRow, TableName } from "#protocol";

/** A session without its rows. Times are Unix milliseconds. */
export interface SessionHeader {
  sessionId: string;
  room: string;
  name: string;
  createdAt: number;
  closedAt: number;
}

export type ArchivedTable = TableName | "participants";
/** Cells in the order of the export's columns; a flag is true and false or 1 and 0. */
export type Cells = (string | number | boolean | null)[];

/** Where in a session one is: in a table, behind the row with that key; null: at its beginning. */
export interface SessionPlace {
  table: ArchivedTable;
  after: unknown;
}

/** A session to be read page by page, the same however often. */
export interface PagedSession extends SessionHeader {
  /** How many traders took part. */
  traders: number;
  /** How many rows each table has. */
  counts: Record<ArchivedTable, number>;
  /** The rows behind a place, some ten thousand characters, and the key of the last; null: no more. */
  page(place: SessionPlace): Promise<{ rows: readonly Cells[]; after: unknown }>;
}

/**
 * Where the rows of a file come from, page by page: a running room or the archive. Asked
 * for a table again, it gives the same rows in the same order, though a game goes on meanwhile.
 */
export type ExportSource = <T extends TableName>(table: T) => AsyncIterable<ExportRow<T>[]>;
