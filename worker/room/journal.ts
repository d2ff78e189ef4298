/** The journal in the object's SQLite: one row an input, appended in the turn in which it was decided. */

import type { JournalPort, JournalRow } from "#game/journal.ts";

/** Version of what the rows mean. A newer build must be able to read every older one. */
export const JOURNAL_FORMAT = 1;

type StoredRow = {
  n: number;
  seq: number;
  ts: number;
  user_id: number;
  op: string;
  body: string;
  reply: string;
  accepted: number;
};

const columns = "n, seq, ts, user_id, op, body, reply, accepted";

export class SqlJournal implements JournalPort {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Makes the tables. A room that is only looked up never gets any. */
  create(): void {
    this.#sql.exec(`CREATE TABLE journal (
      n INTEGER PRIMARY KEY, seq INTEGER NOT NULL, ts INTEGER NOT NULL, user_id INTEGER NOT NULL,
      op TEXT NOT NULL, body TEXT NOT NULL, reply TEXT NOT NULL, accepted INTEGER NOT NULL) STRICT`);
    this.#sql.exec("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT");
    this.setMeta("format", String(JOURNAL_FORMAT));
  }

  get exists(): boolean {
    const found = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal'");
    return found.toArray().length > 0;
  }

  /** Throws if a newer build wrote this journal: better no room than a wrong one. */
  checkFormat(): void {
    const format = Number(this.meta("format"));
    if (format > JOURNAL_FORMAT)
      throw new Error(`journal format ${format} is newer than this build's ${JOURNAL_FORMAT}`);
  }

  append(row: JournalRow): void {
    this.#sql.exec(
      `INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      row.n,
      row.seq,
      row.ts,
      row.userId,
      row.op,
      row.body,
      row.reply,
      row.accepted ? 1 : 0,
    );
  }

  read(n: number): JournalRow | null {
    const [row] = this.#sql
      .exec<StoredRow>(`SELECT ${columns} FROM journal WHERE n = ?`, n)
      .toArray();
    return row === undefined ? null : decode(row);
  }

  *all(): Generator<JournalRow> {
    for (const row of this.#sql.exec<StoredRow>(`SELECT ${columns} FROM journal ORDER BY n`))
      yield decode(row);
  }

  meta(key: string): string | null {
    const [row] = this.#sql
      .exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key)
      .toArray();
    return row?.value ?? null;
  }

  setMeta(key: string, value: string): void {
    this.#sql.exec(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }
}

function decode(row: StoredRow): JournalRow {
  const { user_id: userId, accepted, ...rest } = row;
  return { ...rest, userId, accepted: accepted === 1 };
}
