/**
 * Brings a session's tables up to date with the journal, one step in each turn: some entries are replayed, and after some
 * such steps their rows are written. Steps are counted in entries and rows, not in time: the platform's clock stands
 * still within a turn. The tables know their last entry, so that work goes on from there after a kill. The snapshot of the
 * replayed room is older: entries after it are replayed again, without their rows.
 */

import { SessionRecord, type RowChanges, type StandingRows } from "#game/journal/record.ts";
import type { JournalEntry } from "#game/journal/entry.ts";
import { readSnapshot } from "#game/journal/snapshot.ts";
import type { Engines } from "#game/journal/waking.ts";
import type { SqlJournal } from "../storage/journal.ts";
import type { RecordTables } from "./tables.ts";

/** Entries that are replayed in a step: a millisecond or two. An order can trade with hundreds. */
const stepEntries = 96;
/** Entries and rows that are written at a time: a write is synced to the disk, which takes as long as writing them. */
const writtenEntries = 288;
const writtenRows = 640;
/** Entries after the last snapshot that are worth a new one: on the way, and at the end. */
const worthOnTheWay = 10_000;
const worthAtTheEnd = 1_000;

/** The kind of a step: writing takes longer than replaying. */
export type Step = "replayed" | "wrote" | "done";

export class CatchUp {
  readonly #tables: RecordTables;
  readonly #journal: SqlJournal;
  readonly #engines: Engines;
  #record: SessionRecord | null = null;
  /** Rows that are not written yet. */
  #changes: RowChanges | null = null;
  /** Entries that were read and are not replayed yet. */
  #ahead: { entries: JournalEntry[]; at: number } = { entries: [], at: 0 };
  #standing: Generator<Partial<StandingRows>> | null = null;

  constructor(tables: RecordTables, journal: SqlJournal, engines: Engines) {
    this.#tables = tables;
    this.#journal = journal;
    this.#engines = engines;
  }

  /**
   * Does one step towards entry `target`, which the journal has.
   * @throws errors of the journal or the engine; the next step begins from the stored tables
   */
  step(target: number): Step {
    try {
      return this.#step(target);
    } catch (fault) {
      this.release();
      throw fault;
    }
  }

  /** Frees its memory: nobody needs it for a while. */
  release(): void {
    this.#record = null;
    this.#changes = null;
    this.#standing = null;
    this.#ahead = { entries: [], at: 0 };
  }

  #step(target: number): Step {
    this.#record ??= this.#restored();
    const record = this.#record;
    const { n, standingN, snapshotN } = this.#tables.state;
    const at = record.state.journalled;
    if (at < n) return this.#replay(record, n);
    if (this.#changes !== null || (n < target && n - snapshotN < worthOnTheWay))
      return this.#follow(record, target);
    if (n < target) return this.#keep(record);
    if (standingN !== n) return this.#stand(record);
    return n - snapshotN >= worthAtTheEnd ? this.#keep(record) : "done";
  }

  #restored(): SessionRecord {
    this.#tables.prepare();
    try {
      const bytes = this.#tables.snapshot();
      const snapshot = bytes === null ? null : readSnapshot(bytes);
      if (snapshot !== null)
        return new SessionRecord(this.#engines.restore(snapshot.engine), snapshot.state);
    } catch {
      // The engine is of another build, or the bytes are damaged: the journal has it all.
    }
    return new SessionRecord(this.#engines.create());
  }

  /** Replays entries whose rows are there. */
  #replay(record: SessionRecord, n: number): Step {
    for (let count = 0; count < stepEntries && record.state.journalled < n; count++)
      record.take(this.#next(record), null);
    return "replayed";
  }

  /** Replays the next entries, or writes the rows of the last ones. */
  #follow(record: SessionRecord, target: number): Step {
    const changes = (this.#changes ??= record.changes());
    const until = Math.min(target, this.#tables.state.n + writtenEntries);
    if (record.state.journalled >= until || changes.size >= writtenRows) {
      this.#tables.write(record.state.journalled, changes);
      this.#changes = null;
      this.#standing = null;
      return "wrote";
    }
    for (let count = 0; count < stepEntries && changes.size < writtenRows; count++) {
      if (record.state.journalled >= until) break;
      record.take(this.#next(record), changes);
    }
    return "replayed";
  }

  #stand(record: SessionRecord): Step {
    if (this.#standing === null) {
      this.#standing = record.standing();
      this.#tables.clearStanding();
    }
    for (let rows = 0; rows < writtenRows;) {
      const { done, value } = this.#standing.next();
      if (done === true) {
        this.#standing = null;
        this.#tables.endStanding();
        break;
      }
      this.#tables.writeStanding(value);
      for (const part of Object.values(value)) rows += part.length;
    }
    return "wrote";
  }

  #keep(record: SessionRecord): Step {
    this.#tables.setSnapshot(record.state.journalled, record.snapshot());
    return "wrote";
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
