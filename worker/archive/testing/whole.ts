/** Whole sessions in memory, as the tests of the archive compare them. */

import { tableNames, type ExportData } from "#protocol";
import { filterRows } from "../filter.ts";
import type { ExportSource, SessionHeader } from "../session.ts";

export interface Participant {
  user_id: number;
  name: string;
  role: string;
}

export interface ArchivedSession extends SessionHeader {
  participants: Participant[];
  data: ExportData;
}

/** Rows that are in memory already. */
export function sourceOf(data: ExportData): ExportSource {
  return async function* (table) {
    yield data[table];
  };
}

/** The player's part of the session. */
export function filterForUser(data: ExportData, userId: number): ExportData {
  const own = tableNames.map((table) => [table, filterRows(table, data[table], userId)]);
  return Object.fromEntries(own) as ExportData;
}
