/**
 * The room in the object's SQLite: its journal, a row for each commit with all its entries, the last snapshot, and a few
 * values. Entries wait in memory until `commit`; messages that tell of them leave in the same turn.
 */

import { decodeBatch, encodeBatch } from "#game/journal/codec.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import type { Env } from "../../env.ts";
import type { StateCheck, StoredRoom } from "#game/journal/waking.ts";
import { upgradeFrom1 } from "./journal-upgrade.ts";
import { storedParts, storeParts } from "./parts.ts";

/** Version of the stored format. A newer build reads every older one: see journal-upgrade.ts. */
export const JOURNAL_FORMAT = 2;

type MetaKey =
  | "format"
  | "ticket_key"
  | "class_key"
  | "archive"
  | "archive_tries"
  | "check"
  | "absence"
  | "size"
  | "setups";

const mib = 1024 * 1024;
/** Size of a journal unless it is set, MiB: room for some three million orders. */
const defaultMib = 256;

/** Reads the bytes that a room's journal may take. A setting that is not a positive number is a mistake: the default holds. */
export function journalBytes({ JOURNAL_MIB }: Pick<Env, "JOURNAL_MIB">): number {
  const set = Number(JOURNAL_MIB);
  return (Number.isFinite(set) && set > 0 ? set : defaultMib) * mib;
}

/** Bytes of the entries up to `n`. A room that wakes has to add up the later ones only. */
interface Size {
  n: number;
  bytes: number;
}

export class SqlJournal implements StoredRoom {
  readonly #sql: SqlStorage;
  readonly #bytesMost: number;
  /** Bytes of all written entries; null: not added up since the object woke. */
  #bytes: number | null = null;
  #pending: JournalEntry[] = [];
  #exists = false;
  /** The row that was read last: a client that repeats one cid repeats others of about the same time. */
  #read: { n: number; entries: JournalEntry[] } | null = null;

  /** @param bytesMost that the entries may take together */
  constructor(sql: SqlStorage, bytesMost = Infinity) {
    this.#sql = sql;
    this.#bytesMost = bytesMost;
  }

  /** Makes the tables. A room that is only looked up gets none. */
  create(): void {
    this.#sql.exec("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT");
    this.#createTables();
    this.setMeta("format", String(JOURNAL_FORMAT));
  }

  #createTables(): void {
    this.#sql.exec("CREATE TABLE journal (n INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT");
    this.#sql.exec("CREATE TABLE snapshot (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT");
  }

  get exists(): boolean {
    this.#exists ||=
      this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal'").toArray().length > 0;
    return this.#exists;
  }

  /** Starts again: everything that is stored is about to be deleted. */
  reset(): void {
    this.#exists = false;
    this.#bytes = null;
    this.#pending = [];
  }

  /**
   * Brings an older journal to this build's format, in steps. Other rooms may have turns between them, but this room must
   * not be used. Throws if a newer build wrote it: better no room than a wrong one.
   */
  *open(): Generator<void, void> {
    const format = Number(this.meta("format"));
    if (format > JOURNAL_FORMAT)
      throw new Error(`journal format ${format} is newer than this build's ${JOURNAL_FORMAT}`);
    if (format === JOURNAL_FORMAT) return;
    yield* upgradeFrom1(
      this.#sql,
      () => this.#createTables(),
      (entries) => this.#write(entries),
    );
    this.setMeta("format", String(JOURNAL_FORMAT));
  }

  /** About how many entries there are, in any format. */
  get length(): number {
    const last = (table: string) =>
      this.#sql.exec<{ n: number | null }>(`SELECT max(n) AS n FROM ${table}`).one().n ?? 0;
    const old = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal_1'").toArray();
    return old.length === 0 ? last("journal") : Math.max(last("journal"), last("journal_1"));
  }

  // Entries

  append(entry: JournalEntry): void {
    this.#pending.push(entry);
  }

  /** The number of entries that wait to be written. */
  get pending(): number {
    return this.#pending.length;
  }

  /** Writes the waiting entries as one row. */
  commit(): void {
    if (this.#pending.length === 0) return;
    this.#write(this.#pending);
    this.#pending = [];
  }

  /** Drops the waiting entries: they did not happen. */
  discard(): void {
    this.#pending = [];
  }

  read(n: number): JournalEntry | null {
    const isWaiting = n >= (this.#pending[0]?.n ?? Infinity);
    return (isWaiting ? this.#pending : this.#batchWith(n)).find((entry) => entry.n === n) ?? null;
  }

  /** Reads all entries from `n` on, row by row: a caller that reads on in a later turn also finds newer ones. */
  *entries(n: number): Generator<JournalEntry> {
    let next = n;
    for (;;) {
      const written = this.written(next);
      const last = written.at(-1);
      if (last === undefined) break;
      yield* written;
      next = last.n + 1;
    }
    for (const entry of this.#pending) if (entry.n >= next) yield entry;
  }

  /** Reads entry `n` and those after it in the same row; if there is none, the next row. */
  written(n: number): JournalEntry[] {
    const row = (where: string) => {
      const [found] = this.#sql
        .exec<{ entries: ArrayBuffer }>(`SELECT entries FROM journal WHERE ${where} LIMIT 1`, n)
        .toArray();
      return found === undefined ? [] : decodeBatch(new Uint8Array(found.entries));
    };
    const entries = row("n <= ? ORDER BY n DESC").filter((entry) => entry.n >= n);
    return entries.length > 0 ? entries : row("n > ? ORDER BY n");
  }

  /** The number of the last entry that is written; 0: none. */
  get writtenN(): number {
    const [row] = this.#sql
      .exec<{ n: number }>("SELECT n FROM journal ORDER BY n DESC LIMIT 1")
      .toArray();
    return row === undefined ? 0 : (this.written(row.n).at(-1)?.n ?? 0);
  }

  #batchWith(n: number): JournalEntry[] {
    const last = this.#read;
    if (last !== null && n >= last.n && n < last.n + last.entries.length) return last.entries;
    const [row] = this.#sql
      .exec<{ n: number; entries: ArrayBuffer }>(
        "SELECT n, entries FROM journal WHERE n <= ? ORDER BY n DESC LIMIT 1",
        n,
      )
      .toArray();
    if (row === undefined) return [];
    this.#read = { n: row.n, entries: decodeBatch(new Uint8Array(row.entries)) };
    return this.#read.entries;
  }

  #write(entries: readonly JournalEntry[]): void {
    const bytes = encodeBatch(entries);
    this.#sql.exec("INSERT INTO journal VALUES (?, ?)", entries[0]?.n ?? 0, bytes);
    if (this.#bytes !== null) this.#bytes += bytes.length;
  }

  get fullness(): number {
    return this.#bytesMost === Infinity ? 0 : (this.#bytes ??= this.#measure()) / this.#bytesMost;
  }

  /** Adds up the bytes since the size was noted last. */
  #measure(): number {
    const { n, bytes } = JSON.parse(this.meta("size") ?? '{"n":0,"bytes":0}') as Size;
    const [since] = this.#sql
      .exec<{ bytes: number | null }>(
        "SELECT sum(length(entries)) AS bytes FROM journal WHERE n > ?",
        n,
      )
      .toArray();
    return bytes + (since?.bytes ?? 0);
  }

  /** Notes the size. @param n the last entry that is written */
  noteSize(n: number): void {
    if (this.#bytes !== null)
      this.setMeta("size", JSON.stringify({ n, bytes: this.#bytes } satisfies Size));
  }

  // Snapshot and notes

  snapshot(): Uint8Array | null {
    return storedParts(this.#sql, "snapshot");
  }

  /** Keeps a snapshot in place of the last one. */
  setSnapshot(bytes: Uint8Array): void {
    storeParts(this.#sql, "snapshot", bytes);
  }

  check(): StateCheck | null {
    const text = this.meta("check");
    return text === null ? null : (JSON.parse(text) as StateCheck);
  }

  setCheck(check: StateCheck): void {
    this.setMeta("check", JSON.stringify(check));
  }

  meta(key: MetaKey): string | null {
    const [row] = this.#sql
      .exec<{ value: string }>("SELECT value FROM meta WHERE key = ?", key)
      .toArray();
    return row?.value ?? null;
  }

  setMeta(key: MetaKey, value: string): void {
    this.#sql.exec(
      "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
  }

  deleteMeta(key: MetaKey): void {
    this.#sql.exec("DELETE FROM meta WHERE key = ?", key);
  }
}
