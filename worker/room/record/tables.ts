/**
 * The session's tables in the room's own database: files are read from them while the archive does not have the session.
 * They follow from the journal up to an entry, and can be made again. Each reader has a view: the rows as they were after
 * an entry, though more are written meanwhile (pages.ts). Knows no room and no engine.
 */

import type { RowChanges, StandingRows } from "#game/journal/record.ts";
import { storedParts, storeParts } from "../storage/parts.ts";
import { readPage, type Cells, type Page } from "./pages.ts";
import { ReadViews, type ReadView } from "./read-views.ts";
import {
  columns,
  createTexts,
  format,
  growingTables,
  insertTexts,
  isGrowing,
  keys,
  leaveBehindText,
  roundTables,
  standingTables,
  updateText,
  type RecordTable,
} from "./statements.ts";

/** Rows that are deleted in a turn. */
const shrunkRows = 500;

/** Progress of the tables. */
export interface RecordState {
  /** The last entry whose rows are in the tables. */
  n: number;
  /** The entry after which the standing tables were written whole; 0: they are not. */
  standingN: number;
  /** The last entry of the stored snapshot; 0: there is none. */
  snapshotN: number;
}

const nothing: RecordState = { n: 0, standingN: 0, snapshotN: 0 };

export class RecordTables {
  readonly views = new ReadViews();
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

  /** Opens a view of the tables as they are now, complete. It has to be closed. */
  openView(): ReadView {
    return this.views.open(this.state.n, () => this.#present());
  }

  #present(): ReadView {
    const last = (table: RecordTable) =>
      this.#sql
        .exec<{ last: number | null }>(`SELECT max(${keys[table][0]}) AS last FROM record_${table}`)
        .one().last ?? 0;
    const all = growingTables.map((table) => [table, last(table)]);
    const ends = Object.fromEntries(all) as ReadView["last"];
    const shown = this.#shownEvents();
    return { n: this.state.n, last: { ...ends, events: Math.min(ends.events, shown) } };
  }

  /** The last event that may be told: those of a running round hold its secrets. */
  #shownEvents(): number {
    const [row] = this.#sql
      .exec<{ shown: number | null }>("SELECT shown_events AS shown FROM record")
      .toArray();
    return row?.shown ?? Infinity;
  }

  /** Makes the tables, in place of another build's. */
  prepare(): void {
    if (this.#stored() !== null) return;
    this.drop();
    this.#storage.transactionSync(() => {
      for (const text of createTexts) this.#sql.exec(text);
      this.#sql.exec("INSERT INTO record VALUES (?, 0, 0, 0, 0, 0, 0, NULL)", format);
    });
  }

  /** Deletes the tables. They can be made again as long as the journal is there. */
  drop(): void {
    this.reset();
    this.#storage.transactionSync(() => {
      const names = this.#sql.exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'record%'",
      );
      for (const { name } of names.toArray()) this.#sql.exec(`DROP TABLE ${name}`);
    });
  }

  /**
   * Deletes a part of the tables: to drop large ones at once takes long. After the first part they are of no use, until
   * `prepare` makes them anew.
   * @returns whether there is more to delete
   */
  shrink(): boolean {
    if (!this.exist) return false;
    this.reset();
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

  /** Drops its memory: the object has deleted everything that is stored. */
  reset(): void {
    this.#state = null;
    this.views.closeAll();
  }

  /** Writes the rows of the entries up to `n`, all of them or none. */
  write(n: number, changes: RowChanges): void {
    const { trades, orders, updates, events, shownEvents } = changes;
    this.#change({ n }, () => {
      for (const table of roundTables) this.#insert(table, changes[table]);
      this.#insert("trades", trades);
      this.#insert("orders", [...orders.values()]);
      this.#insert("events", events);
      this.#tidy();
      if (updates.size > 0) {
        const changed = JSON.stringify([...updates.values()]);
        this.#leaveBehind(changed);
        this.#sql.exec(updateText, changed);
      }
      this.#sql.exec(
        "UPDATE record SET n = ?, trades = trades + ?, orders = orders + ?, events = events + ?, shown_events = ?",
        ...[n, trades.length, orders.size, events.length, shownEvents],
      );
    });
  }

  /** Keeps the present state of orders that are about to change, if a view needs it. */
  #leaveBehind(changes: string): void {
    const { newest } = this.views;
    if (newest === null) return;
    const { n, last } = newest;
    this.#sql.exec(leaveBehindText, this.state.n, changes, last.orders, n);
  }

  /** Deletes old states of orders that no view needs any more, a part at a time. */
  #tidy(): void {
    const oldest = Math.min(Number.MAX_SAFE_INTEGER, ...this.views.entries);
    this.#sql.exec(
      `DELETE FROM record_before WHERE (order_id, until_n) IN (SELECT order_id, until_n
        FROM record_before WHERE until_n < ? ORDER BY until_n LIMIT ${shrunkRows})`,
      oldest,
    );
  }

  /** Empties the standing tables, to be written anew; copies of open views stay. */
  clearStanding(): void {
    const kept = JSON.stringify(this.views.entries);
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

  /** Notes that the standing tables are complete. */
  endStanding(): void {
    const standingN = this.state.n;
    this.#change({ standingN }, () =>
      this.#sql.exec("UPDATE record SET standing_n = ?", standingN),
    );
  }

  /** Stores a snapshot of the replayed room after entry `n`, to go on from. */
  setSnapshot(n: number, bytes: Uint8Array): void {
    this.#change({ snapshotN: n }, () => {
      storeParts(this.#sql, "record_snapshot", bytes);
      this.#sql.exec("UPDATE record SET snapshot_n = ?", n);
    });
  }

  snapshot(): Uint8Array | null {
    return storedParts(this.#sql, "record_snapshot");
  }

  /** Reads the next rows in the order of their keys. @param view by default the tables as they are now */
  page(table: RecordTable, after: Cells | null, view = this.#present()): Page {
    return readPage(this.#sql, table, after, view, this.state.n);
  }

  /** Counts the rows of each table. */
  counts(): Record<RecordTable, number> {
    const [row] = this.#sql
      .exec<{ trades: number; orders: number; events: number }>(
        "SELECT trades, orders, events FROM record",
      )
      .toArray();
    if (row === undefined) throw new Error("There is no record.");
    const rowsOf = (table: RecordTable, where = "", ...bound: number[]): [RecordTable, number] => [
      table,
      this.#sql
        .exec<{ rows: number }>(`SELECT count(*) AS rows FROM record_${table} ${where}`, ...bound)
        .one().rows,
    ];
    const { standingN } = this.state;
    const others = [
      ...standingTables.map((table) => rowsOf(table, "WHERE n = ?", standingN)),
      ...roundTables.map((table) => rowsOf(table)),
    ];
    return { ...row, ...Object.fromEntries(others) } as Record<RecordTable, number>;
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
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

/** Makes a cell storable: NaN would silently become null, a lone surrogate invalid UTF-8. */
function storedCell(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value === "number" && !Number.isFinite(value))
    throw new RangeError(`a cell of the record is ${value}`);
  return value ?? null;
}
