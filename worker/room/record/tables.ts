/**
 * The session's tables in the room's own database: what the files are read from while the archive does not have them.
 * The journal up to an entry, and nothing that could not be made again. Knows no room and no engine.
 *
 * Who reads them keeps a view: the rows as they stood after an entry, though more are written meanwhile. Rows that only
 * grow are bounded by their keys; an order that changes leaves its last state behind for the views that are open; the
 * standing tables are written beside those of open views.
 */

import { exportTables, type ColumnKind, type TableName } from "#protocol";
import type { RowChanges, StandingRows } from "#game/journal/record.ts";
import { SNAPSHOT_FORMAT } from "#game/journal/snapshot.ts";
import { storedParts, storeParts } from "../storage/parts.ts";

/** Grows whenever a row of the same entries becomes another one. */
const RECORD_FORMAT = 2;

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

/** The tables as they stood after an entry. */
export interface View {
  readonly n: number;
  /** The last keys of the tables that grow. */
  readonly last: Readonly<Record<(typeof growingTables)[number], number>>;
}

export class RecordTables {
  readonly #storage: DurableObjectStorage;
  #state: RecordState | null = null;
  /** How many read each open view. */
  readonly #views = new Map<View, number>();

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get state(): Readonly<RecordState> {
    return (this.#state ??= this.#stored() ?? nothing);
  }

  get exist(): boolean {
    return this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'record'").toArray().length > 0;
  }

  /** A view of the tables as they stand, which are whole. It is to be closed. */
  openView(): View {
    const known = [...this.#views.keys()].find(({ n }) => n === this.state.n);
    const view = known ?? this.#present();
    this.#views.set(view, (this.#views.get(view) ?? 0) + 1);
    return view;
  }

  closeView(view: View): void {
    const readers = this.#views.get(view) ?? 0;
    if (readers > 1) this.#views.set(view, readers - 1);
    else this.#views.delete(view);
  }

  /** Whether the view's rows are all there. Those of a view that was opened before the tables were made anew are not. */
  has(view: View): boolean {
    return this.#views.has(view);
  }

  /** Entries of which there are views. */
  get openViews(): number {
    return this.#views.size;
  }

  #present(): View {
    const last = (table: RecordTable) =>
      this.#sql
        .exec<{ last: number | null }>(`SELECT max(${keys[table][0]}) AS last FROM record_${table}`)
        .one().last ?? 0;
    return {
      n: this.state.n,
      last: { trades: last("trades"), orders: last("orders"), events: last("events") },
    };
  }

  /** Makes the tables, in place of another build's. */
  prepare(): void {
    if (this.#stored() !== null) return;
    this.drop();
    this.#storage.transactionSync(() => {
      for (const table of recordTables) this.#sql.exec(tableText(table));
      // Orders as they were up to an entry, for open views of the time before it.
      this.#sql.exec(`CREATE TABLE record_before (order_id INTEGER, until_n INTEGER,
        updated_ts INTEGER, price REAL, qty INTEGER, filled INTEGER, status TEXT,
        PRIMARY KEY (order_id, until_n)) STRICT, WITHOUT ROWID`);
      this.#sql.exec("CREATE INDEX record_before_until ON record_before (until_n)");
      this.#sql.exec("CREATE TABLE record_snapshot (part INTEGER PRIMARY KEY, bytes BLOB) STRICT");
      this.#sql.exec(`CREATE TABLE record (format TEXT NOT NULL, n INTEGER NOT NULL,
        standing_n INTEGER NOT NULL, snapshot_n INTEGER NOT NULL,
        trades INTEGER NOT NULL, orders INTEGER NOT NULL, events INTEGER NOT NULL) STRICT`);
      this.#sql.exec("INSERT INTO record VALUES (?, 0, 0, 0, 0, 0, 0)", format);
    });
  }

  /** Deletes the tables. They can be made again as long as the journal is there. */
  drop(): void {
    this.forget();
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
    this.forget();
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
    this.#views.clear();
  }

  /** Writes the rows of the entries up to `n`, all of them or none. */
  write(n: number, { trades, orders, updates, events }: RowChanges): void {
    this.#change({ n }, () => {
      this.#insert("trades", trades);
      this.#insert("orders", [...orders.values()]);
      this.#insert("events", events);
      this.#tidy();
      if (updates.size > 0) {
        const changes = JSON.stringify([...updates.values()]);
        this.#leaveBehind(changes);
        this.#sql.exec(updateText, changes);
      }
      this.#sql.exec(
        "UPDATE record SET n = ?, trades = trades + ?, orders = orders + ?, events = events + ?",
        ...[n, trades.length, orders.size, events.length],
      );
    });
  }

  /** Keeps the orders that are about to change as they are, if there are views that do not have them yet. */
  #leaveBehind(changes: string): void {
    let newest: View | null = null;
    for (const view of this.#views.keys()) if (newest === null || view.n > newest.n) newest = view;
    if (newest === null) return;
    const { n, last } = newest;
    this.#sql.exec(leftText, this.state.n, changes, last.orders, n);
  }

  /** Deletes what no view needs any more, a part at a time. */
  #tidy(): void {
    const oldest = Math.min(Number.MAX_SAFE_INTEGER, ...[...this.#views.keys()].map(({ n }) => n));
    this.#sql.exec(
      `DELETE FROM record_before WHERE (order_id, until_n) IN (SELECT order_id, until_n
        FROM record_before WHERE until_n < ? ORDER BY until_n LIMIT ${shrunkRows})`,
      oldest,
    );
  }

  /** The standing tables are to be written anew. */
  clearStanding(): void {
    const kept = JSON.stringify([...this.#views.keys()].map(({ n }) => n));
    this.#change({ standingN: 0 }, () => {
      this.#tidy();
      for (const table of standingTables)
        this.#sql.exec(
          `DELETE FROM record_${table} WHERE n NOT IN (SELECT value FROM json_each(?))`,
          kept,
        );
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

  /** The next rows in the order of their keys. @param view by default the tables as they stand */
  page(table: RecordTable, after: Cells | null, view = this.#present()): Page {
    const key = keys[table];
    const names = Object.keys(columns[table]);
    const limit = table === "events" ? this.#eventsOfPage(after) : pageRows;
    const isPast = table === "orders" && view.n !== this.state.n;
    const from = isPast ? pastOrders : `SELECT ${names.join(", ")} FROM record_${table} AS now`;
    const bound = isGrowing(table) ? `now.${key[0]} <= ?` : "n = ?";
    const list = key.map((name) => `now.${name}`).join(", ");
    const onwards = after === null ? "" : `AND (${list}) > (${key.map(() => "?").join(", ")})`;
    const rows = [
      ...this.#sql
        .exec(
          `${from} WHERE ${bound} ${onwards} ORDER BY ${list} LIMIT ?`,
          ...(isPast ? [view.n] : []),
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
      this.#sql
        .exec<{ rows: number }>(
          `SELECT count(*) AS rows FROM record_${table} WHERE n = ?`,
          this.state.standingN,
        )
        .one().rows,
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
    const text = JSON.stringify(cells);
    if (isGrowing(table)) this.#sql.exec(insertTexts[table], text);
    else this.#sql.exec(insertTexts[table], this.state.n, text);
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
  const key = isGrowing(table) ? keys[table] : ["n", ...keys[table]];
  // Standing rows say after which entry they stood so.
  if (!isGrowing(table)) definitions.unshift("n INTEGER");
  return `CREATE TABLE record_${table} (${definitions.join(", ")}, PRIMARY KEY (${key.join(", ")})) STRICT, WITHOUT ROWID`;
}

function isGrowing(table: RecordTable): table is (typeof growingTables)[number] {
  return (growingTables as readonly string[]).includes(table);
}

/** One statement for any number of rows: a JSON array of arrays of cells. */
const insertTexts = Object.fromEntries(
  recordTables.map((table) => {
    const cells = Object.keys(columns[table]).map((_, index) => `value ->> ${index}`);
    if (!isGrowing(table)) cells.unshift("?");
    return [
      table,
      `INSERT OR REPLACE INTO record_${table} SELECT ${cells.join(", ")} FROM json_each(?)`,
    ];
  }),
) as Record<RecordTable, string>;

/** The fields of an order that change. */
const changing = ["updated_ts", "price", "qty", "filled", "status"];

/** Orders as a view has them: as the first state that was left behind since, or as they are. */
const pastOrders = `SELECT ${Object.keys(columns.orders)
  .map((name) =>
    changing.includes(name)
      ? `iif(past.order_id IS NULL, now.${name}, past.${name})`
      : `now.${name}`,
  )
  .join(", ")} FROM record_orders AS now LEFT JOIN record_before AS past
  ON past.order_id = now.order_id AND past.until_n = (SELECT min(until_n) FROM record_before
    WHERE order_id = now.order_id AND until_n >= ?)`;

/** Bound: the last entry that is in the tables, the changes, the last order of the newest view, and its entry. */
const leftText = `INSERT INTO record_before
  SELECT order_id, ?, ${changing.join(", ")} FROM record_orders AS now
  WHERE order_id IN (SELECT value ->> 'order_id' FROM json_each(?)) AND order_id <= ?
    AND NOT EXISTS (SELECT 1 FROM record_before WHERE order_id = now.order_id AND until_n >= ?)`;

const updateText = `UPDATE record_orders SET
  updated_ts = change.value ->> 'updated_ts',
  price = coalesce(change.value ->> 'price', price),
  qty = coalesce(change.value ->> 'qty', qty),
  filled = change.value ->> 'filled',
  status = change.value ->> 'status'
FROM json_each(?) AS change WHERE order_id = change.value ->> 'order_id'`;
