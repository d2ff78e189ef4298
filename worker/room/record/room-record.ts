/**
 * The session's tables in use: one caller at a time brings them up to date with the journal, step by step, and many
 * readers read them, page by page. Between steps and pages the isolate's other rooms have their turns.
 */

import type { Engines } from "#game/journal/waking.ts";
import { serverClock } from "../../clock.ts";
import { catchUpSeats, giveCatchUpSeat, paced, paceOfRoom } from "../../limits/heavy-work.ts";
import { Seats } from "../../limits/seats.ts";
import type { SqlJournal } from "../storage/journal.ts";
import { CatchUp, type Step } from "./catch-up.ts";
import { Readers } from "./readers.ts";
import type { RecordTable } from "./statements.ts";
import type { Cells, Page } from "./pages.ts";
import { RecordTables } from "./tables.ts";

/** Pauses after a step that took less than a millisecond, and after one that wrote: other rooms have most of the time. */
const pauseMs = 3;
const writtenPauseMs = 12;
const pollMs = 5;
/** Time that one request of a waiting reader may take: the platform counts time by the request. */
const portionMs = 5_000;
/** Time that the replayed room is kept in memory for a reader who asked for it and has not come back. */
const keptMs = 10_000;

export class RoomRecord {
  readonly tables: RecordTables;
  readonly #journal: SqlJournal;
  readonly #catchUp: CatchUp;
  readonly #readers: Readers;
  /** The one that brings the tables up to date: a reader's id, or "" for the archive. Held only while it makes steps. */
  readonly #turns = new Seats<string>({ seats: 1, lapseMs: 2_000, mostMs: 3_600_000 });
  #releasing: ReturnType<typeof setTimeout> | null = null;
  /** Number of deletions of everything: work from before one leaves off. */
  #resets = 0;

  constructor(storage: DurableObjectStorage, journal: SqlJournal, engines: Engines) {
    this.tables = new RecordTables(storage);
    this.#readers = new Readers(this.tables);
    this.#journal = journal;
    this.#catchUp = new CatchUp(this.tables, journal, engines);
  }

  /**
   * Lets a reader come, or ask again: it has to within ten seconds.
   * @param isHost the host is let in whoever else reads
   * @returns whether it may read now; null: there are too many readers
   */
  async open(id: string, isHost: boolean): Promise<boolean | null> {
    const start = serverClock.now();
    this.#readers.prune(start);
    const isKnown = this.#readers.has(id);
    if (!isKnown && !this.#readers.add(id, isHost, this.#journal.writtenN, start)) return null;
    try {
      return await this.#await(id, start + portionMs);
    } catch (fault) {
      this.close(id);
      throw fault;
    } finally {
      this.#turns.give(id);
    }
  }

  /** Reads the next rows for a reader; null: it has been away for too long, or may not read yet. */
  async page(id: string, table: RecordTable, after: Cells | null): Promise<Page | null> {
    const view = this.#readers.viewOf(id, serverClock.now());
    if (view === null) return null;
    const isHost = this.#readers.get(id)?.isHost === true;
    return paced(paceOfRoom(isHost), () =>
      this.#readers.viewOf(id, serverClock.now()) === view
        ? this.tables.page(table, after, view)
        : null,
    );
  }

  /** Lets a reader go. */
  close(id: string): void {
    this.#readers.remove(id);
    if (!this.isRead) this.#release();
  }

  /** Whether there are readers, reading or waiting. */
  get isRead(): boolean {
    return this.#readers.prune(serverClock.now()) > 0;
  }

  /**
   * Brings the tables up to date, while no reader waits.
   * @param untilMs when to leave off, by the server's clock
   * @returns whether nothing is missing
   */
  async catchUp(untilMs: number): Promise<boolean> {
    const target = this.#journal.writtenN;
    try {
      const isWhole = await this.#proceed(
        target,
        untilMs,
        () => !this.#readers.isAwaited && this.#turn(""),
      );
      if (!isWhole) this.#releaseLater();
      return isWhole;
    } finally {
      this.#turns.give("");
    }
  }

  /** Reads a page without a view, for the archive: nothing is added to the tables meanwhile. */
  pageOf(table: RecordTable, after: Cells | null): Promise<Page> {
    return paced(paceOfRoom(false), () => this.tables.page(table, after));
  }

  /**
   * Deletes the tables in many turns, while nobody reads: the archive has all of them.
   * @returns whether they are gone
   */
  async dismiss(): Promise<boolean> {
    this.#release();
    while (!this.isRead) {
      if (!this.tables.shrink()) return true;
      await wait(writtenPauseMs);
    }
    return false;
  }

  /** Drops its memory and its readers: the object deletes everything that is stored. */
  reset(): void {
    this.#resets++;
    this.#readers.removeAll();
    this.#release();
    this.tables.reset();
  }

  /** @returns whether the reader has a view */
  async #await(id: string, untilMs: number): Promise<boolean> {
    for (let now = serverClock.now(); now < untilMs; now = serverClock.now()) {
      const reader = this.#readers.get(id);
      if (reader === undefined) return false;
      reader.seenMs = now;
      if (reader.view === null && this.#isWhole(reader.target)) {
        reader.view = this.tables.openView();
        reader.sinceMs = now;
      }
      if (reader.view !== null) {
        this.#turns.give(id);
        // Keeps the replayed room while others wait.
        if (!this.#readers.isAwaited && this.#turns.size(now) === 0) this.#release();
        return true;
      }
      if (this.#readers.mayMoveOn(reader, now) && this.#turn(id))
        await this.#proceed(this.#readers.targetOfAll, untilMs, () => this.#keepsTurn(id));
      else await wait(pollMs);
    }
    this.#releaseLater();
    return false;
  }

  async #proceed(target: number, untilMs: number, mayGoOn: () => boolean): Promise<boolean> {
    if (this.#isWhole(target)) return true;
    const seats = catchUpSeats(target - this.tables.state.n);
    const resets = this.#resets;
    for (let step: Step = "replayed"; step !== "done";) {
      if (serverClock.now() >= untilMs || this.#resets !== resets || !mayGoOn()) return false;
      const isSeated = seats.take(this, serverClock.now());
      if (!isSeated) this.#catchUp.release();
      step = isSeated ? this.#step(target) : "replayed";
      if (step !== "done") await wait(step === "wrote" ? writtenPauseMs : pauseMs);
    }
    if (this.#readers.isAwaited) seats.give(this);
    else this.#release();
    return true;
  }

  #step(target: number): Step {
    try {
      return this.#catchUp.step(target);
    } catch (fault) {
      // Makes the tables anew, since they may be the cause.
      this.#release();
      this.tables.drop();
      throw fault;
    }
  }

  #isWhole(target: number): boolean {
    const { n, standingN } = this.tables.state;
    return n >= target && standingN === n;
  }

  #turn(id: string): boolean {
    return this.#turns.take(id, serverClock.now());
  }

  #keepsTurn(id: string): boolean {
    const reader = this.#readers.get(id);
    if (reader === undefined) return false;
    reader.seenMs = serverClock.now();
    return this.#turn(id);
  }

  #release(): void {
    this.#catchUp.release();
    giveCatchUpSeat(this);
    if (this.#releasing !== null) clearTimeout(this.#releasing);
    this.#releasing = null;
  }

  #releaseLater(): void {
    if (this.#releasing !== null) clearTimeout(this.#releasing);
    this.#releasing = setTimeout(() => this.#release(), keptMs);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
