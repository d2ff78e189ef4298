/**
 * The debrief and the log in the room's own database, until the archive has them. They follow from the journal, and can be
 * made again. Knows no room.
 */

/** Grows whenever the same entries lead to another debrief or log. */
const DEBRIEF_FORMAT = 1;
/** Lines of the log in a row: as long as a frame each, they are half of what a row may have. */
export const rowLines = 64;
/** Characters of a piece of the debrief. */
const pieceChars = 60_000;
/** Rows that are deleted in a turn. */
const shrunkRows = 16;

/** Contents of the tables. */
export interface MadeDebrief {
  /** The journal's entry up to which it was made. */
  n: number;
  /** Whether the session was closed: then it holds for good. */
  isClosed: boolean;
  /** Time of its making, Unix ms. */
  madeMs: number;
}

export interface Piece {
  key: number;
  content: string;
}

export type PieceTable = "session_debrief" | "session_log";
const tableOf = {
  session_debrief: { name: "debrief_part", key: "part" },
  session_log: { name: "debrief_log", key: "n" },
} as const;

export class DebriefTables {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  get exist(): boolean {
    return (
      this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'debrief'").toArray().length > 0
    );
  }

  /** The last one that was made whole; null: none, or by another build. */
  get made(): MadeDebrief | null {
    if (!this.exist) return null;
    const [row] = this.#sql
      .exec<{ n: number; closed: number; made_ms: number }>(
        "SELECT n, closed, made_ms FROM debrief WHERE format = ?",
        DEBRIEF_FORMAT,
      )
      .toArray();
    return row === undefined ? null : { n: row.n, isClosed: row.closed === 1, madeMs: row.made_ms };
  }

  /** Begins anew. Rows of an earlier time are written over. */
  begin(): void {
    this.#storage.transactionSync(() => {
      this.#sql
        .exec(`CREATE TABLE IF NOT EXISTS debrief (format INTEGER NOT NULL, n INTEGER NOT NULL,
        closed INTEGER NOT NULL, made_ms INTEGER NOT NULL) STRICT`);
      this.#sql.exec(
        "CREATE TABLE IF NOT EXISTS debrief_part (part INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
      );
      this.#sql.exec(
        "CREATE TABLE IF NOT EXISTS debrief_log (n INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
      );
      this.#sql.exec("DELETE FROM debrief");
    });
  }

  /** Writes lines of the log. @param n number of the first, the first of a row */
  writeLines(n: number, lines: readonly string[]): void {
    const rows: [number, string][] = [];
    for (let at = 0; at < lines.length; at += rowLines)
      rows.push([n + at, lines.slice(at, at + rowLines).join("\n") + "\n"]);
    this.#storage.transactionSync(() => this.#put("session_log", rows));
  }

  /** Writes the debrief, after all lines. From now on it is there. */
  finish(json: string, lines: number, { n, isClosed, madeMs }: MadeDebrief): void {
    const pieces: [number, string][] = [];
    for (let at = 0; at < json.length;) {
      let end = Math.min(json.length, at + pieceChars);
      // Cuts no pair of surrogates.
      if (/[\ud800-\udbff]/.test(json[end - 1] ?? "") && end < json.length) end--;
      pieces.push([pieces.length, json.slice(at, end)]);
      at = end;
    }
    this.#storage.transactionSync(() => {
      this.#sql.exec("DELETE FROM debrief_part");
      this.#sql.exec("DELETE FROM debrief_log WHERE n > ?", lines);
      this.#put("session_debrief", pieces);
      this.#sql.exec(
        "INSERT INTO debrief VALUES (?, ?, ?, ?)",
        ...[DEBRIEF_FORMAT, n, isClosed ? 1 : 0, madeMs],
      );
    });
  }

  /** Reads the next pieces, `most` at most. @param after the key of the last one; null: from the first */
  pieces(table: PieceTable, after: number | null, most: number): Piece[] {
    const { name, key } = tableOf[table];
    return this.#sql
      .exec<{ key: number; content: string }>(
        `SELECT ${key} AS key, content FROM ${name} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`,
        ...[after ?? -1, most],
      )
      .toArray();
  }

  count(table: PieceTable): number {
    const { name } = tableOf[table];
    return this.#sql.exec<{ rows: number }>(`SELECT count(*) AS rows FROM ${name}`).one().rows;
  }

  /** Deletes a part of the tables: to drop large ones at once takes long. @returns whether there is more */
  shrink(): boolean {
    if (!this.exist) return false;
    this.#sql.exec("DELETE FROM debrief");
    const { rowsWritten } = this.#sql.exec(
      `DELETE FROM debrief_log WHERE n IN (SELECT n FROM debrief_log LIMIT ${shrunkRows})`,
    );
    if (rowsWritten > 0) return true;
    for (const table of ["debrief", "debrief_part", "debrief_log"])
      this.#sql.exec(`DROP TABLE ${table}`);
    return false;
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }

  #put(table: PieceTable, rows: readonly [number, string][]): void {
    const statement = `INSERT OR REPLACE INTO ${tableOf[table].name} VALUES (?, ?)`;
    for (const row of rows) this.#sql.exec(statement, ...row);
  }
}
