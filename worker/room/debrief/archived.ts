/** Keys, debrief and log of a session, page by page as the archive takes them. */

import {
  debriefTables,
  type ArchivedTable,
  type Cells,
  type DebriefTable,
  type SessionKey,
} from "../../archive/session.ts";
import type { Debriefing } from "./debriefing.ts";

/** Keys of a page. */
const pageKeys = 200;
/** Most pieces of a page, and their characters beyond the first. */
const pagePieces = 8;
const pageChars = 100_000;

export interface MadeSession {
  debriefing: Debriefing;
  keys: readonly SessionKey[];
}

export function isDebriefTable(table: ArchivedTable): table is DebriefTable {
  return (debriefTables as readonly string[]).includes(table);
}

export function debriefCounts({ debriefing, keys }: MadeSession): Record<DebriefTable, number> {
  const { tables } = debriefing;
  return {
    session_keys: keys.length,
    session_debrief: tables.count("session_debrief"),
    session_log: tables.count("session_log"),
  };
}

/** The rows behind a place, and the place behind them; null: no more. */
export function debriefPage(
  { debriefing, keys }: MadeSession,
  table: DebriefTable,
  after: number | null,
): { rows: Cells[]; after: number | null } {
  if (table === "session_keys") {
    const from = after ?? 0;
    const page = keys.slice(from, from + pageKeys);
    const isLast = from + page.length >= keys.length;
    return {
      rows: page.map(({ hash, role, userId }) => [hash, role, userId]),
      after: isLast ? null : from + page.length,
    };
  }
  const rows: Cells[] = [];
  let chars = 0;
  for (const { key, content } of debriefing.pieces(table, after, pagePieces)) {
    chars += content.length;
    if (rows.length > 0 && chars > pageChars) break;
    rows.push([key, content]);
  }
  return { rows, after: (rows.at(-1)?.[0] as number | undefined) ?? null };
}
