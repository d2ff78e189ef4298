/**
 * The session's tables as somebody gets at them: caught up with the journal step by step by one at a time, and read page
 * by page by many, each in a view of its own, so that who reads slowly keeps nobody. Between steps and pages the
 * isolate's other rooms have their turns.
 */

import type { Engines } from "#game/journal/waking.ts";
import { serverClock } from "../../clock.ts";
import { catchUpSeats, pageSeatsOf } from "../../limits/heavy-work.ts";
import { Seats } from "../../limits/seats.ts";
import type { SqlJournal } from "../storage/journal.ts";
import { CatchUp, type Step } from "./catch-up.ts";
import { RecordTables, type Cells, type Page, type RecordTable, type View } from "./tables.ts";

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
/** Who reads, and who waits to: a class of a hundred that asks at once. The host is not counted. */
const readersMost = 100;
/** Who waits and is not heard of for so long has gone, and who reads: a file that nobody reads is cut before. */
const waitLapseMs = 10_000;
const readLapseMs = 30_000;
/** Views of different entries, for each keeps rows of its own. The host's may be more. */
const viewsMost = 8;
/** For so long a reader is left in peace, though others wait for its place. */
const assuredMs = 60_000;

/** Somebody who reads, or waits to. */
interface Reader {
  isHost: boolean;
  /** The last entry that was written when it came: its file holds all up to there. */
  target: number;
  /** Null: it waits. */
  view: View | null;
  sinceMs: number;
  seenMs: number;
}

export class RoomRecord {
  readonly tables: RecordTables;
  readonly #journal: SqlJournal;
  readonly #catchUp: CatchUp;
  /** By the id that a reader gives itself, in the order in which they came. */
  readonly #readers = new Map<string, Reader>();
  /** Who catches up: the reader's id, or the archive. Held no longer than steps are made. */
  readonly #turns = new Seats<string>({ seats: 1, lapseMs: 2_000, mostMs: 3_600_000 });
  #forgetting: ReturnType<typeof setTimeout> | null = null;

  constructor(storage: DurableObjectStorage, journal: SqlJournal, engines: Engines) {
    this.tables = new RecordTables(storage);
    this.#journal = journal;
    this.#catchUp = new CatchUp(this.tables, journal, engines);
  }

  /**
   * A reader comes, or asks again. It has to ask again within ten seconds.
   * @param isHost is let in whoever else reads
   * @returns whether it may read now; null: too many are there
   */
  async open(id: string, isHost: boolean): Promise<boolean | null> {
    const start = serverClock.now();
    this.#clear(start);
    if (!this.#readers.has(id)) {
      if (!isHost && !this.#hasPlace(start)) return null;
      const target = this.#journal.writtenN;
      this.#readers.set(id, { isHost, target, view: null, sinceMs: start, seenMs: start });
    }
    try {
      return await this.#await(id, start + portionMs);
    } catch (fault) {
      this.close(id);
      throw fault;
    } finally {
      this.#turns.give(id);
    }
  }

  /** The next rows for a reader that may read; null: it has been away for too long, or may not yet. */
  async page(id: string, table: RecordTable, after: Cells | null): Promise<Page | null> {
    const view = this.#viewOf(id);
    if (view === null) return null;
    const isHost = this.#readers.get(id)?.isHost === true;
    return this.#paced(isHost, () =>
      this.#viewOf(id) === view ? this.tables.page(table, after, view) : null,
    );
  }

  /** A reader goes. */
  close(id: string): void {
    const view = this.#readers.get(id)?.view ?? null;
    this.#readers.delete(id);
    if (view !== null) this.tables.closeView(view);
    if (!this.isRead) this.#forget();
  }

  /** Somebody reads, or waits to. */
  get isRead(): boolean {
    this.#clear(serverClock.now());
    return this.#readers.size > 0;
  }

  /**
   * Catches up with all that is written, while nobody waits to read.
   * @param untilMs when to leave off, by the server's clock
   * @returns whether nothing is missing
   */
  async catchUp(untilMs: number): Promise<boolean> {
    const target = this.#journal.writtenN;
    try {
      const isWhole = await this.#proceed(
        target,
        untilMs,
        () => !this.#isAwaited && this.#turn(""),
      );
      if (!isWhole) this.#forgetLater();
      return isWhole;
    } finally {
      this.#turns.give("");
    }
  }

  /** A page for who goes through the tables while nothing is added to them. */
  pageOf(table: RecordTable, after: Cells | null): Promise<Page> {
    return this.#paced(false, () => this.tables.page(table, after));
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
        // Who waits needs it again.
        if (!this.#isAwaited && this.#turns.size(now) === 0) this.#forget();
        return true;
      }
      if (this.#mayMoveOn(reader, now) && this.#turn(id))
        await this.#proceed(this.#targetOfAll(), untilMs, () => this.#keepsTurn(id));
      else await wait(pollMs);
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
    if (!this.#isAwaited) this.#forget();
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

  /** The last entry that somebody waits for: all who wait can read then. */
  #targetOfAll(): number {
    let most = 0;
    for (const { view, target } of this.#readers.values())
      if (view === null) most = Math.max(most, target);
    return most;
  }

  get #isAwaited(): boolean {
    return [...this.#readers.values()].some(({ view }) => view === null);
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

  /** Whether there may be one more view: the host's always, another's if there are few or an old one gives way. */
  #mayMoveOn({ isHost }: Reader, now: number): boolean {
    return isHost || this.tables.openViews < viewsMost || this.#giveWay(now);
  }

  #hasPlace(now: number): boolean {
    const players = [...this.#readers.values()].filter(({ isHost }) => !isHost).length;
    return players < readersMost || this.#giveWay(now);
  }

  /** Ends the view that has been read for the longest time, if that is long enough and the host does not read it. */
  #giveWay(now: number): boolean {
    const hosts = new Set<View | null>();
    for (const { isHost, view } of this.#readers.values()) if (isHost) hosts.add(view);
    let oldest: Reader | null = null;
    for (const reader of this.#readers.values())
      if (reader.view !== null && !hosts.has(reader.view) && now - reader.sinceMs > assuredMs)
        if (oldest === null || reader.sinceMs < oldest.sinceMs) oldest = reader;
    const { view = null } = oldest ?? {};
    if (view === null) return false;
    for (const [id, reader] of this.#readers) if (reader.view === view) this.close(id);
    return true;
  }

  /** The view of a reader who is still there. */
  #viewOf(id: string): View | null {
    const now = serverClock.now();
    this.#clear(now);
    const reader = this.#readers.get(id);
    if (reader === undefined) return null;
    reader.seenMs = now;
    return reader.view !== null && this.tables.has(reader.view) ? reader.view : null;
  }

  /** Ends the readers who are not heard of any more. */
  #clear(now: number): void {
    for (const [id, { view, seenMs }] of this.#readers) {
      if (now - seenMs <= (view === null ? waitLapseMs : readLapseMs)) continue;
      this.#readers.delete(id);
      if (view !== null) this.tables.closeView(view);
    }
  }

  async #paced<T>(isHost: boolean, read: () => T): Promise<T> {
    const key = {};
    const seats = pageSeatsOf(isHost);
    try {
      while (!seats.take(key, serverClock.now())) await wait(pollMs);
      await wait(pagePauseMs);
      return read();
    } finally {
      seats.give(key);
    }
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
