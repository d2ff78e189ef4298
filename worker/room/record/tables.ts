/**
 * The session's tables in the room's own database: what the files are read from while the archive does not have them.
 * A view of the journal up to an entry, and nothing that could not be made again. Knows no room and no engine.
 */

import { exportTables, type ColumnKind, type TableName } from "#protocol";
import type { RowChanges, StandingRows } from "#game/record.ts";
import { SNAPSHOT_FORMAT } from "#game/snapshot.ts";
import { storedParts, storeParts } from "../parts.ts";

/** Grows whenever a row of the same entries becomes another one. */
const RECORD_FORMAT = 1;

export type RecordTable = TableName | "participants";
/** Cells in the order of the columns; what has no value is null, a flag 0 or 1. */
export type Cells = (string | number | null)[];
export interface Page {
  rows: Cells[];
  /** The key of the last row, from where the next page goes on; null: there is none. */
  after: Cells | null;
}

const columns: Record<RecordTable, Record<string, ColumnKind>> = {
  ...exportTables,
  participants: { user_id: "int", name: "text", role: "text" },
};
const keys: Record<RecordTable, string[]> = {
  trades: ["trade_id"],
  orders: ["order_id"],
  events: ["seq"],
  positions: ["user_id", "inst"],
  pnl: ["rank"],
  instruments: ["inst"],
  participants: ["user_id"],
};
export const recordTables = Object.keys(keys) as RecordTable[];
const growingTables = ["trades", "orders", "events"] as const;
const standingTables = ["positions", "pnl", "instruments", "participants"] as const;

const sqlTypes: Record<ColumnKind, string> = {
  int: "INTEGER",
  number: "REAL",
  text: "TEXT",
  time: "INTEGER",
  bool: "INTEGER",
};

/** Rows of a page, and characters of its longest column: a millisecond or so of the isolate's time. */
const pageRows = 160;
const pageChars = 40_000;

/** Rows that are deleted in a turn. */
const shrunkRows = 500;

/** Another build's tables are of no use: what they hold is in the journal. */
const format = JSON.stringify([RECORD_FORMAT, SNAPSHOT_FORMAT, columns]);

/** How far the tables have come. */
export interface RecordState {
  /** All entries up to this one are in them. */
  n: number;
  /** The entry after which the standing tables were written whole; 0: they are not. */
  standingN: number;
  /** The last entry of the snapshot to go on from; 0: there is none. */
  snapshotN: number;
}

const nothing: RecordState = { n: 0, standingN: 0, snapshotN: 0 };

export class RecordTables {
  readonly #storage: DurableObjectStorage;
  #state: RecordState | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get state(): Readonly<RecordState> {
    return (this.#state ??= this.#stored() ?? nothing);
  }

  get exist(): boolean {
    return this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'record'").toArray().length > 0;
  }

  /** Makes the tables, in place of another build's. */
  prepare(): void {
    if (this.#stored() !== null) return;
    this.drop();
    this.#storage.transactionSync(() => {
      for (const table of recordTables) this.#sql.exec(tableText(table));
      this.#sql.exec("CREATE TABLE record_snapshot (part INTEGER PRIMARY KEY, bytes BLOB) STRICT");
      this.#sql.exec(`CREATE TABLE record (format TEXT NOT NULL, n INTEGER NOT NULL,
        standing_n INTEGER NOT NULL, snapshot_n INTEGER NOT NULL,
        trades INTEGER NOT NULL, orders INTEGER NOT NULL, events INTEGER NOT NULL) STRICT`);
      this.#sql.exec("INSERT INTO record VALUES (?, 0, 0, 0, 0, 0, 0)", format);
    });
  }

  /** Deletes the tables. They can be made again as long as the journal is there. */
  drop(): void {
    this.#state = null;
    this.#storage.transactionSync(() => {
      const names = this.#sql.exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'record%'",
      );
      for (const { name } of names.toArray()) this.#sql.exec(`DROP TABLE ${name}`);
    });
  }

  /**
   * Deletes the tables a part a turn, for to drop large ones takes long. From the first part on they are of no use, and
   * are made anew by `prepare`.
   * @returns whether there is more to delete
   */
  shrink(): boolean {
    if (!this.exist) return false;
    this.#state = null;
    this.#sql.exec("UPDATE record SET format = '' WHERE format <> ''");
    for (const table of growingTables) {
      const key = keys[table][0];
      const some = `SELECT ${key} FROM record_${table} ORDER BY ${key} LIMIT ${shrunkRows}`;
      const { rowsWritten } = this.#sql.exec(
        `DELETE FROM record_${table} WHERE ${key} IN (${some})`,
      );
      if (rowsWritten > 0) return true;
    }
    this.drop();
    return false;
  }

  /** The object has deleted everything. */
  forget(): void {
    this.#state = null;
  }

  /** Writes the rows of the entries up to `n`, all of them or none. */
  write(n: number, { trades, orders, updates, events }: RowChanges): void {
    this.#change({ n }, () => {
      this.#insert("trades", trades);
      this.#insert("orders", [...orders.values()]);
      this.#insert("events", events);
      if (updates.size > 0) this.#sql.exec(updateText, JSON.stringify([...updates.values()]));
      this.#sql.exec(
        "UPDATE record SET n = ?, trades = trades + ?, orders = orders + ?, events = events + ?",
        ...[n, trades.length, orders.size, events.length],
      );
    });
  }

  /** The standing tables are to be written anew. */
  clearStanding(): void {
    this.#change({ standingN: 0 }, () => {
      for (const table of standingTables) this.#sql.exec(`DELETE FROM record_${table}`);
      this.#sql.exec("UPDATE record SET standing_n = 0");
    });
  }

  writeStanding(rows: Partial<StandingRows>): void {
    this.#storage.transactionSync(() => {
      for (const table of standingTables) this.#insert(table, rows[table] ?? []);
    });
  }

  /** The standing tables are whole. */
  endStanding(): void {
    const standingN = this.state.n;
    this.#change({ standingN }, () =>
      this.#sql.exec("UPDATE record SET standing_n = ?", standingN),
    );
  }

  /** The record's room after entry `n`, to go on from. */
  setSnapshot(n: number, bytes: Uint8Array): void {
    this.#change({ snapshotN: n }, () => {
      storeParts(this.#sql, "record_snapshot", bytes);
      this.#sql.exec("UPDATE record SET snapshot_n = ?", n);
    });
  }

  snapshot(): Uint8Array | null {
    return storedParts(this.#sql, "record_snapshot");
  }

  /** The next rows in the order of their keys. */
  page(table: RecordTable, after: Cells | null): Page {
    const key = keys[table];
    const names = Object.keys(columns[table]);
    const list = `(${key.join(", ")})`;
    const bounds = after === null ? "" : `WHERE ${list} > (${key.map(() => "?").join(", ")})`;
    const limit = table === "events" ? this.#eventsOfPage(after) : pageRows;
    const rows = [
      ...this.#sql
        .exec(
          `SELECT ${names.join(", ")} FROM record_${table} ${bounds} ORDER BY ${key.join(", ")} LIMIT ?`,
          ...(after ?? []),
          limit,
        )
        .raw(),
    ] as Cells[];
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return { rows, after: null };
    return { rows, after: key.map((name) => last[names.indexOf(name)] ?? null) };
  }

  /** How many rows each table has. */
  counts(): Record<RecordTable, number> {
    const [row] = this.#sql
      .exec<{ trades: number; orders: number; events: number }>(
        "SELECT trades, orders, events FROM record",
      )
      .toArray();
    if (row === undefined) throw new Error("There is no record.");
    const standing = standingTables.map((table): [RecordTable, number] => [
      table,
      this.#sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM record_${table}`).one().rows,
    ]);
    return { ...row, ...Object.fromEntries(standing) } as Record<RecordTable, number>;
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }

  /** A detail may have as many characters as a frame. */
  #eventsOfPage(after: Cells | null): number {
    const { short } = this.#sql
      .exec<{ short: number }>(
        `SELECT count(*) AS short FROM (SELECT sum(length(detail)) OVER (ORDER BY seq) AS chars FROM
          (SELECT seq, detail FROM record_events WHERE seq > ? ORDER BY seq LIMIT ?)) WHERE chars <= ?`,
        ...[after?.[0] ?? 0, pageRows, pageChars],
      )
      .one();
    return Math.min(pageRows, short + 1);
  }

  #insert(table: RecordTable, rows: readonly object[]): void {
    if (rows.length === 0) return;
    const names = Object.keys(columns[table]);
    const cells = rows.map((row) =>
      names.map((name) => storedCell((row as Record<string, unknown>)[name])),
    );
    this.#sql.exec(insertTexts[table], JSON.stringify(cells));
  }

  #change(change: Partial<RecordState>, write: () => void): void {
    this.#storage.transactionSync(write);
    this.#state = { ...this.state, ...change };
  }

  #stored(): RecordState | null {
    if (!this.exist) return null;
    const [row] = this.#sql
      .exec<{ n: number; standingN: number; snapshotN: number }>(
        `SELECT n, standing_n AS standingN, snapshot_n AS snapshotN FROM record WHERE format = ?`,
        format,
      )
      .toArray();
    return row ?? null;
  }
}

/** NaN would silently become null, a lone surrogate invalid UTF-8. */
function storedCell(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a cell of the record is ${value}`);
  return value ?? null;
}

function tableText(table: RecordTable): string {
  const definitions = Object.entries(columns[table]).map(
    ([name, kind]) => `${name} ${sqlTypes[kind]}`,
  );
  return `CREATE TABLE record_${table} (${definitions.join(", ")}, PRIMARY KEY (${keys[table].join(", ")})) STRICT, WITHOUT ROWID`;
}

/** One statement for any number of rows: a JSON array of arrays of cells. */
const insertTexts = Object.fromEntries(
  recordTables.map((table) => {
    const cells = Object.keys(columns[table]).map((_, index) => `value ->> ${index}`);
    return [
      table,
      `INSERT OR REPLACE INTO record_${table} SELECT ${cells.join(", ")} FROM json_each(?)`,
    ];
  }),
) as Record<RecordTable, string>;

const updateText = `UPDATE record_orders SET
  updated_ts = change.value ->> 'updated_ts',
  price = coalesce(change.value ->> 'price', price),
  qty = coalesce(change.value ->> 'qty', qty),
  filled = change.value ->> 'filled',
  status = change.value ->> 'status'
FROM json_each(?) AS change WHERE order_id = change.value ->> 'order_id'`;
