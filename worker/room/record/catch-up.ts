/**
 * Brings a session's tables up to the journal, a slice a turn. A slice is counted in entries and rows, not in time: the
 * platform's clock stands still within a turn. What a slice has made is written in its turn, so that whoever is killed
 * goes on from there; the room that follows is written more seldom, and then replays what has its rows already.
 */

import { SessionRecord, type StandingRows } from "#game/record.ts";
import type { JournalEntry } from "#game/journal.ts";
import { readSnapshot } from "#game/snapshot.ts";
import type { Engines } from "#game/waking.ts";
import type { SqlJournal } from "../journal.ts";
import type { RecordTables } from "./tables.ts";

/** Entries of a slice, and rows: some milliseconds. An order can trade with hundreds. */
const sliceEntries = 64;
const sliceRows = 256;
/** Entries of a slice whose rows are there. */
const silentEntries = 128;
/** Entries behind the last snapshot that are worth a new one: on the way, and at the end. */
const worthOnTheWay = 10_000;
const worthAtTheEnd = 1_000;

export class CatchUp {
  readonly #tables: RecordTables;
  readonly #journal: SqlJournal;
  readonly #engines: Engines;
  #record: SessionRecord | null = null;
  /** Entries that were read and are yet to happen. */
  #ahead: { entries: JournalEntry[]; at: number } = { entries: [], at: 0 };
  #standing: Generator<Partial<StandingRows>> | null = null;

  constructor(tables: RecordTables, journal: SqlJournal, engines: Engines) {
    this.#tables = tables;
    this.#journal = journal;
    this.#engines = engines;
  }

  /**
   * Does one slice of what is missing up to entry `target`, which has to be written.
   * @returns whether nothing is missing any more
   * @throws what the journal or the engine throws; the next step begins with what is stored
   */
  step(target: number): boolean {
    try {
      return this.#step(target);
    } catch (fault) {
      this.forget();
      throw fault;
    }
  }

  /** Nobody needs it for a while: gives its memory back. */
  forget(): void {
    this.#record = null;
    this.#standing = null;
    this.#ahead = { entries: [], at: 0 };
  }

  #step(target: number): boolean {
    this.#record ??= this.#restored();
    const record = this.#record;
    const { n, standingN, snapshotN } = this.#tables.state;
    const at = record.state.journalled;
    if (at < n) this.#replay(record, n);
    else if (n - snapshotN >= worthOnTheWay) this.#keep(record);
    else if (n < target) this.#write(record, target);
    else if (standingN !== n) this.#stand(record);
    else if (n - snapshotN >= worthAtTheEnd) this.#keep(record);
    else return true;
    return false;
  }

  #restored(): SessionRecord {
    this.#tables.prepare();
    try {
      const bytes = this.#tables.snapshot();
      const snapshot = bytes === null ? null : readSnapshot(bytes);
      if (snapshot !== null)
        return new SessionRecord(this.#engines.restore(snapshot.engine), snapshot.state);
    } catch {
      // An engine of another build, or bytes that are not what was written: the journal has it all.
    }
    return new SessionRecord(this.#engines.create());
  }

  #replay(record: SessionRecord, n: number): void {
    for (let count = 0; count < silentEntries && record.state.journalled < n; count++)
      record.take(this.#next(record), null);
  }

  #write(record: SessionRecord, target: number): void {
    const changes = record.changes();
    for (let count = 0; count < sliceEntries && changes.size < sliceRows; count++) {
      if (record.state.journalled >= target) break;
      record.take(this.#next(record), changes);
    }
    this.#standing = null;
    this.#tables.write(record.state.journalled, changes);
  }

  #stand(record: SessionRecord): void {
    if (this.#standing === null) {
      this.#standing = record.standing();
      this.#tables.clearStanding();
    }
    for (let rows = 0; rows < sliceRows;) {
      const { done, value } = this.#standing.next();
      if (done === true) {
        this.#standing = null;
        this.#tables.endStanding();
        return;
      }
      this.#tables.writeStanding(value);
      for (const part of Object.values(value)) rows += part.length;
    }
  }

  #keep(record: SessionRecord): void {
    this.#tables.setSnapshot(record.state.journalled, record.snapshot());
  }

  #next(record: SessionRecord): JournalEntry {
    const ahead = this.#ahead;
    if (ahead.at >= ahead.entries.length)
      this.#ahead = { entries: this.#journal.written(record.state.journalled + 1), at: 0 };
    const entry = this.#ahead.entries[this.#ahead.at++];
    if (entry === undefined)
      throw new Error(`journal entry ${record.state.journalled + 1} is missing`);
    return entry;
  }
}
