/**
 * The session's tables as somebody gets at them: caught up with the journal step by step, and read page by page by one
 * reader at a time. Between steps and pages the isolate's other rooms have their turns.
 */

import type { Engines } from "#game/waking.ts";
import { serverClock } from "../../clock.ts";
import { catchUpSeats, pageSeats } from "../../limits/heavy-work.ts";
import { Seats } from "../../limits/seats.ts";
import type { SqlJournal } from "../journal.ts";
import { CatchUp, type Step } from "./catch-up.ts";
import { RecordTables, type Cells, type Page, type RecordTable } from "./tables.ts";

/** After a step that took less than a millisecond, and after one that wrote: the others have most of the time. */
const pauseMs = 3;
const writtenPauseMs = 12;
/** A page takes a millisecond here, and two where it becomes a file. */
const pagePauseMs = 8;
const pollMs = 5;
/** Between two askings of who waits: the platform counts time by the request. */
const portionMs = 5_000;
/** How long a room that follows is kept in memory for who asked for it and has not come back. */
const keptMs = 10_000;
/** Who reads, and who waits to: a class of a hundred that asks at once. */
const readersMost = 100;

export class RoomRecord {
  readonly tables: RecordTables;
  readonly #journal: SqlJournal;
  readonly #catchUp: CatchUp;
  /** By the id that a reader gives itself. */
  readonly #readers = new Seats<string>({ seats: 1, lapseMs: 10_000, mostMs: 300_000 });
  /** The last entry that was written when each reader came: its file holds all up to there. */
  readonly #targets = new Map<string, number>();
  #forgetting: ReturnType<typeof setTimeout> | null = null;

  constructor(storage: DurableObjectStorage, journal: SqlJournal, engines: Engines) {
    this.tables = new RecordTables(storage);
    this.#journal = journal;
    this.#catchUp = new CatchUp(this.tables, journal, engines);
  }

  /**
   * A reader comes, or asks again. It has to ask again within ten seconds.
   * @returns whether it may read now; null: too many wait
   */
  async open(reader: string): Promise<boolean | null> {
    const start = serverClock.now();
    if (!this.#targets.has(reader)) {
      if (this.#readers.size(start) >= readersMost) return null;
      this.#tidy();
      this.#targets.set(reader, this.#journal.writtenN);
    }
    try {
      return await this.#await(reader, start + portionMs);
    } catch (fault) {
      this.close(reader);
      throw fault;
    }
  }

  /** The next rows for a reader that may read; null: it has been away for too long, or may not yet. */
  async page(reader: string, table: RecordTable, after: Cells | null): Promise<Page | null> {
    const mayRead = () => this.#holds(reader) && this.#isWhole(this.#targets.get(reader) ?? 0);
    return mayRead()
      ? this.#paced(() => (mayRead() ? this.tables.page(table, after) : null))
      : null;
  }

  /** A reader goes. */
  close(reader: string): void {
    this.#readers.give(reader);
    this.#targets.delete(reader);
    if (!this.isRead) this.#forget();
  }

  /** Somebody reads, or waits to. */
  get isRead(): boolean {
    return this.#readers.size(serverClock.now()) > 0;
  }

  /**
   * Catches up with all that is written, while nobody reads.
   * @param untilMs when to leave off, by the server's clock
   * @returns whether nothing is missing
   */
  async catchUp(untilMs: number): Promise<boolean> {
    const target = this.#journal.writtenN;
    const isWhole = await this.#proceed(target, untilMs, () => !this.isRead);
    if (!isWhole) this.#forgetLater();
    return isWhole;
  }

  /** A page for who goes through the tables while nothing is added to them. */
  pageOf(table: RecordTable, after: Cells | null): Promise<Page> {
    return this.#paced(() => this.tables.page(table, after));
  }

  /**
   * All that the tables have is somewhere else: deletes them in many turns, while nobody reads.
   * @returns whether they are gone
   */
  async dismiss(): Promise<boolean> {
    this.#forget();
    while (!this.isRead) {
      if (!this.tables.shrink()) return true;
      await wait(writtenPauseMs);
    }
    return false;
  }

  /** The object has deleted everything, or starts again from what is stored. */
  forget(): void {
    this.#forget();
    this.tables.forget();
  }

  async #await(reader: string, untilMs: number): Promise<boolean> {
    const target = this.#targets.get(reader) ?? 0;
    for (let now = serverClock.now(); now < untilMs; now = serverClock.now()) {
      if (!this.#readers.take(reader, now)) await wait(pollMs);
      else if (await this.#proceed(target, untilMs, () => this.#holds(reader))) return true;
    }
    this.#forgetLater();
    return false;
  }

  async #proceed(target: number, untilMs: number, mayGoOn: () => boolean): Promise<boolean> {
    if (this.#isWhole(target)) return true;
    const seats = catchUpSeats(target - this.tables.state.n);
    for (let step: Step = "replayed"; step !== "done";) {
      if (serverClock.now() >= untilMs || !mayGoOn()) return false;
      const isSeated = seats.take(this, serverClock.now());
      if (!isSeated) this.#catchUp.forget();
      step = isSeated ? this.#step(target) : "replayed";
      if (step !== "done") await wait(step === "wrote" ? writtenPauseMs : pauseMs);
    }
    seats.give(this);
    // Who comes next needs it again.
    if (this.#readers.size(serverClock.now()) <= 1) this.#forget();
    return true;
  }

  #step(target: number): Step {
    try {
      return this.#catchUp.step(target);
    } catch (fault) {
      // The stored tables may be the cause.
      this.#forget();
      this.tables.drop();
      throw fault;
    }
  }

  #isWhole(target: number): boolean {
    const { n, standingN } = this.tables.state;
    return n >= target && standingN === n;
  }

  #holds(reader: string): boolean {
    return this.#readers.renew(reader, serverClock.now());
  }

  async #paced<T>(read: () => T): Promise<T> {
    const key = {};
    try {
      while (!pageSeats.take(key, serverClock.now())) await wait(pollMs);
      await wait(pagePauseMs);
      return read();
    } finally {
      pageSeats.give(key);
    }
  }

  #tidy(): void {
    for (const reader of this.#targets.keys())
      if (!this.#readers.knows(reader)) this.#targets.delete(reader);
  }

  #forget(): void {
    this.#catchUp.forget();
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = null;
  }

  #forgetLater(): void {
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forget(), keptMs);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
