/**
 * The SQL of the session's tables. Growing tables (trades, orders, events, and those of rounds) only get more rows; those
 * of a round are written again when the round ends or is corrected. The other tables are written whole after an entry,
 * which each row bears. An order that changes leaves its last state in `record_before`.
 */

import {
  exportKeys,
  exportTables,
  personColumns,
  type ColumnKind,
  type TableName,
} from "#protocol";
import { SNAPSHOT_FORMAT } from "#game/journal/snapshot.ts";

/** To be raised when the same journal gives other rows. A change of the columns is noticed by itself. */
const RECORD_FORMAT = 5;

export type RecordTable = TableName | "participants";
export const columns: Record<RecordTable, Record<string, ColumnKind>> = {
  ...exportTables,
  participants: { user_id: "int", name: "text", role: "text", since_ts: "time" },
};
/** The columns by which rows are told apart and ordered. `pnl` is read by rank, as its file is; equals share one. */
export const keys: Record<RecordTable, readonly string[]> = {
  ...exportKeys,
  pnl: ["rank", "user_id"],
  participants: ["user_id"],
};
/** Tables whose rows are counted as they are written. */
export const countedTables = ["trades", "orders", "events"] as const;
/** Tables of rounds: a row may be written again. */
export const roundTables = ["rounds", "hands", "scores"] as const;
export const growingTables = [...countedTables, ...roundTables] as const;
export const standingTables = ["positions", "pnl", "instruments", "participants"] as const;
export const recordTables: readonly RecordTable[] = [...growingTables, ...standingTables];

const sqlTypes: Record<ColumnKind, string> = {
  int: "INTEGER",
  number: "REAL",
  text: "TEXT",
  time: "INTEGER",
  bool: "INTEGER",
};

/** The format of the tables. Those of another build are made anew from the journal. */
export const format = JSON.stringify([RECORD_FORMAT, SNAPSHOT_FORMAT, columns]);

/** Statements that make all tables. */
export const createTexts = [
  ...recordTables.map(tableText),
  // Holds orders as they were up to an entry, for open views of the time before it.
  `CREATE TABLE record_before (order_id INTEGER, until_n INTEGER,
    updated_ts INTEGER, price REAL, qty INTEGER, filled INTEGER, status TEXT,
    PRIMARY KEY (order_id, until_n)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX record_before_until ON record_before (until_n)",
  "CREATE TABLE record_snapshot (part INTEGER PRIMARY KEY, bytes BLOB) STRICT",
  `CREATE TABLE record (format TEXT NOT NULL, n INTEGER NOT NULL,
    standing_n INTEGER NOT NULL, snapshot_n INTEGER NOT NULL,
    trades INTEGER NOT NULL, orders INTEGER NOT NULL, events INTEGER NOT NULL,
    shown_events INTEGER) STRICT`,
];

function tableText(table: RecordTable): string {
  const definitions = Object.entries(columns[table]).map(
    ([name, kind]) => `"${name}" ${sqlTypes[kind]}`,
  );
  const key = isGrowing(table) ? keys[table] : ["n", ...keys[table]];
  // Rows of standing tables bear the entry after which they were written.
  if (!isGrowing(table)) definitions.unshift("n INTEGER");
  return `CREATE TABLE record_${table} (${definitions.join(", ")}, PRIMARY KEY (${key.join(", ")})) STRICT, WITHOUT ROWID`;
}

export function isGrowing(table: RecordTable): table is (typeof growingTables)[number] {
  return (growingTables as readonly string[]).includes(table);
}

/** Inserts any number of rows. Bound: for standing tables the entry; a JSON array of arrays of cells. */
export const insertTexts = Object.fromEntries(
  recordTables.map((table) => {
    const cells = Object.keys(columns[table]).map((_, index) => `value ->> ${index}`);
    if (!isGrowing(table)) cells.unshift("?");
    return [
      table,
      `INSERT OR REPLACE INTO record_${table} SELECT ${cells.join(", ")} FROM json_each(?)`,
    ];
  }),
) as Record<RecordTable, string>;

/** Columns of a growing table that name a person, each with the column of the person's id. Other tables are written whole. */
const namesOf = (table: RecordTable): Readonly<Record<string, string>> =>
  isGrowing(table)
    ? Object.fromEntries(Object.entries(personColumns).filter(([name]) => name in columns[table]))
    : {};

/** Time of a row. Rows of rounds are of the round's end. */
const timeOf: Partial<Record<RecordTable, string>> = Object.fromEntries(
  roundTables.map((table) => [
    table,
    `coalesce((SELECT ended_ts FROM record_rounds WHERE round = now.round), ${Number.MAX_SAFE_INTEGER})`,
  ]),
);

/** Number of times that a text which selects rows is bound to the view's entry, for the names in them. */
export const namesIn = (table: RecordTable) => Object.keys(namesOf(table)).length;

/**
 * Selects a column of `now`. Growing tables keep the name of their moment, and a row shows that of the view: a person
 * has one name in all files. Rows from before somebody took the id over keep the name of whoever had it.
 */
function shown(table: RecordTable, column: string): string {
  const id = namesOf(table)[column];
  if (id === undefined) return `now."${column}"`;
  return `coalesce((SELECT who.name FROM record_participants AS who
    WHERE who.n = ? AND who.user_id = now.${id} AND who.since_ts <= ${timeOf[table] ?? "now.ts"}), now.${column}) AS ${column}`;
}

/** Selects all rows of a table, named as in a view. Bound: its entry, `namesIn` times. */
export const selectTexts = Object.fromEntries(
  recordTables.map((table) => {
    const cells = Object.keys(columns[table]).map((name) => shown(table, name));
    return [table, `SELECT ${cells.join(", ")} FROM record_${table} AS now`];
  }),
) as Record<RecordTable, string>;

/** The fields of an order that change. */
const changing = ["updated_ts", "price", "qty", "filled", "status"];

/**
 * Selects orders as a view has them: in the first state that was left since, or as they are now. Bound: its entry, for
 * the names first.
 */
export const pastOrders = `SELECT ${Object.keys(columns.orders)
  .map((name) =>
    changing.includes(name)
      ? `iif(past.order_id IS NULL, now.${name}, past.${name})`
      : shown("orders", name),
  )
  .join(", ")} FROM record_orders AS now LEFT JOIN record_before AS past
  ON past.order_id = now.order_id AND past.until_n = (SELECT min(until_n) FROM record_before
    WHERE order_id = now.order_id AND until_n >= ?)`;

/** Keeps the last state of orders. Bound: the last entry in the tables, the changes, the newest view's last order and entry. */
export const leaveBehindText = `INSERT INTO record_before
  SELECT order_id, ?, ${changing.join(", ")} FROM record_orders AS now
  WHERE order_id IN (SELECT value ->> 'order_id' FROM json_each(?)) AND order_id <= ?
    AND NOT EXISTS (SELECT 1 FROM record_before WHERE order_id = now.order_id AND until_n >= ?)`;

/** Changes orders. Bound: the changes, a JSON array. */
export const updateText = `UPDATE record_orders SET
  updated_ts = change.value ->> 'updated_ts',
  price = coalesce(change.value ->> 'price', price),
  qty = coalesce(change.value ->> 'qty', qty),
  filled = change.value ->> 'filled',
  status = change.value ->> 'status'
FROM json_each(?) AS change WHERE order_id = change.value ->> 'order_id'`;
