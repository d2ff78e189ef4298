/**
 * Reads the session's tables a page at a time, as a view has them: growing tables up to a key, changed orders from the
 * states that they left, standing tables in the copy of the view's entry. Knows only SQL.
 */

import type { ReadView } from "./read-views.ts";
import {
  columns,
  isGrowing,
  keys,
  namesIn,
  pastOrders,
  selectTexts,
  type RecordTable,
} from "./statements.ts";

/** Cells in the order of the columns; an absent value is null, a flag 0 or 1. */
export type Cells = (string | number | null)[];
export interface Page {
  rows: Cells[];
  /** The key of the last row, from where the next page goes on; null: there is none. */
  after: Cells | null;
}

/** Most rows of a page, and characters of its longest column: a millisecond or so of the isolate's time. */
const pageRows = 160;
const pageChars = 40_000;

/**
 * Reads the next rows in the order of their keys.
 * @param after the key of the last row before
 * @param writtenN the last entry whose rows are in the tables
 */
export function readPage(
  sql: SqlStorage,
  table: RecordTable,
  after: Cells | null,
  view: ReadView,
  writtenN: number,
): Page {
  const key = keys[table];
  const names = Object.keys(columns[table]);
  const limit = table === "events" ? eventsOfPage(sql, after) : pageRows;
  const isPast = table === "orders" && view.n !== writtenN;
  const from = isPast ? pastOrders : selectTexts[table];
  const bound = isGrowing(table) ? `now.${key[0]} <= ?` : "n = ?";
  const list = key.map((name) => `now.${name}`).join(", ");
  const onwards = after === null ? "" : `AND (${list}) > (${key.map(() => "?").join(", ")})`;
  const rows = [
    ...sql
      .exec(
        `${from} WHERE ${bound} ${onwards} ORDER BY ${list} LIMIT ?`,
        ...new Array<number>(namesIn(table) + (isPast ? 1 : 0)).fill(view.n),
        isGrowing(table) ? view.last[table] : view.n,
        ...(after ?? []),
        limit,
      )
      .raw(),
  ] as Cells[];
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return { rows, after: null };
  return { rows, after: key.map((name) => last[names.indexOf(name)] ?? null) };
}

/** Counts the rows of the next page of events: a detail may be as long as a frame. */
function eventsOfPage(sql: SqlStorage, after: Cells | null): number {
  const { short } = sql
    .exec<{ short: number }>(
      `SELECT count(*) AS short FROM (SELECT sum(length(detail)) OVER (ORDER BY seq) AS chars FROM
        (SELECT seq, detail FROM record_events WHERE seq > ? ORDER BY seq LIMIT ?)) WHERE chars <= ?`,
      ...[after?.[0] ?? 0, pageRows, pageChars],
    )
    .one();
  return Math.min(pageRows, short + 1);
}
