/** What a finished session is, to the archive. */

import type { ExportData, ExportRow, TableName } from "#protocol";

export interface Participant {
  user_id: number;
  name: string;
  role: string;
}

/** A session without its rows. Times are Unix milliseconds. */
export interface SessionHeader {
  sessionId: string;
  room: string;
  name: string;
  createdAt: number;
  closedAt: number;
}

export interface ArchivedSession extends SessionHeader {
  participants: Participant[];
  data: ExportData;
}

/**
 * Where the rows of a file come from, page by page: a running room's memory or the archive. Asked
 * for a table again, it gives the same rows in the same order, though a game goes on meanwhile.
 */
export type ExportSource = <T extends TableName>(table: T) => AsyncIterable<ExportRow<T>[]>;

/** Rows that are in memory already. */
export function sourceOf(data: ExportData): ExportSource {
  return async function* (table) {
    yield data[table];
  };
}
