/**
 * Takes a closed session to the archive, a portion at every ring of the alarm, each begun where the last one ended. A
 * session that fails again and again is tried ever more seldom, and at last set aside. An attempt is noted before it
 * begins, so that one that takes the server down is not tried again at once when the server is back.
 */

import type { Room } from "#game/room.ts";
import type { RoomState } from "#game/state.ts";
import type { PagedSession, SessionPlace } from "../../archive/session.ts";
import { ArchiveMismatch, archiveSession, removeSession } from "../../archive/write.ts";
import { serverClock } from "../../clock.ts";
import type { Env } from "../../env.ts";
import { readingOf } from "../../limits/archive-reading.ts";
import { paced, paceOfRoom } from "../../limits/heavy-work.ts";
import { log } from "../../log.ts";
import { keysOf, namesOf, tradersIn } from "../debrief/access.ts";
import type { Debriefing } from "../debrief/debriefing.ts";
import { debriefCounts, debriefPage, isDebriefTable } from "../debrief/archived.ts";
import type { SqlJournal } from "../storage/journal.ts";
import type { RoomRecord } from "./room-record.ts";
import type { Cells } from "./pages.ts";
import type { RoomClock } from "../room-clock.ts";

/** Time that a portion may take: the platform counts it by the ring. */
const portionMs = 5_000;
/** Pause after a portion that found all seats taken, or somebody reading. */
const idleMs = 1_000;
/** Pause before tables that somebody still reads are tried again to be deleted. */
const readMs = 10_000;
const firstRetryMs = 15_000;
const mostRetryMs = 3_600_000;
/** Failures in a row after which the archive is set aside. */
const failuresMost = 8;
/** Pages after which the progress is noted. */
const notedPages = 8;
const asideMs = 24 * 3_600_000;

/** The attempts so far, as they are stored. */
interface Tries {
  /** Failures in a row, without any progress between them. */
  failures: number;
  /** When the present attempt began, Unix ms; null: there is none. */
  startedMs: number | null;
  /** When to go on, Unix ms. */
  dueMs: number;
  /** The most that was ever reached: entries in the tables and pages in the archive. */
  progress: number;
  /** Pages that are in the archive, and the place where the next one begins. */
  pages: number;
  place: SessionPlace | null;
}

const untried: Tries = {
  ...{ failures: 0, startedMs: null, dueMs: 0, progress: 0, pages: 0, place: null },
};

export interface ArchivingPorts {
  journal: SqlJournal;
  record: RoomRecord;
  debriefing: Debriefing;
  storage: DurableObjectStorage;
  env: () => Env;
  clock: RoomClock;
  /** The key of the class. */
  classKey: () => string;
}

export class Archiving {
  readonly #ports: ArchivingPorts;
  readonly #journal: SqlJournal;
  readonly #record: RoomRecord;
  readonly #storage: DurableObjectStorage;
  readonly #env: () => Env;
  readonly #clock: RoomClock;
  /** The attempts so far; null: the session is not closed, or is in the archive. */
  #tries: Tries | null = null;
  /** When to delete the tables of an archived session, Unix ms; null: they are gone. */
  #dismissMs: number | null = null;
  /** Time at which to delete the session from the archive, Unix ms; null: it is to stay. */
  #removeMs: number | null = null;
  #isRemoved = false;
  #isStopped = false;

  constructor(ports: ArchivingPorts) {
    this.#ports = ports;
    this.#clock = ports.clock;
    this.#journal = ports.journal;
    this.#record = ports.record;
    this.#storage = ports.storage;
    this.#env = ports.env;
  }

  /** When there is something to do, Unix ms; null: never, if nothing changes. */
  get dueMs(): number | null {
    return this.#removeMs ?? this.#tries?.dueMs ?? this.#dismissMs;
  }

  get isDone(): boolean {
    return this.#journal.meta("archive") === "done";
  }

  /** Whether the host has deleted the session: it opens to nobody any more. */
  get isRemoving(): boolean {
    return this.#journal.meta("archive") === "removing";
  }

  /** Whether the archive has nothing of the session any more, so that the room may go. */
  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Begins to delete the closed session for good. */
  remove(now: number): void {
    this.#tries = null;
    this.#removeMs = now;
    this.#journal.setMeta("archive", "removing");
    this.#journal.deleteMeta("archive_tries");
  }

  /** Finds the work that is due: the room is in memory again, or for the first time. */
  enter(state: Readonly<RoomState>, now: number): void {
    this.#isStopped = false;
    this.#tries = this.#journal.meta("archive") === "pending" ? this.#stored(now) : null;
    this.#removeMs = this.isRemoving ? now : null;
    this.#dismissMs = this.isDone && this.#record.tables.exist ? now : null;
    const startedMs = this.#tries?.startedMs ?? null;
    if (startedMs !== null) this.#fail(startedMs, state, new Error("The attempt was cut off."));
  }

  /** Begins: the session has closed in this turn. */
  closed(now: number): void {
    this.#tries = { ...untried, dueMs: now };
  }

  /** Stores, with every commit, that a session is to be archived: so it is stored together with the entry that closed it. */
  committed(): void {
    if (this.#tries !== null) this.#journal.setMeta("archive", "pending");
  }

  /** Drops its memory: the room has gone, or its turn did not happen. `enter` finds the due work again. */
  leave(): void {
    this.#tries = null;
    this.#dismissMs = null;
    this.#removeMs = null;
  }

  /** Stops, so that the present attempt does not count as a failure: the server is about to stop. */
  stop(): void {
    this.#isStopped = true;
    if (this.#tries?.startedMs != null) this.#note({ startedMs: null });
  }

  /** Brings forward a session that was set aside, though not too often: somebody asks for a file. */
  wanted(now: number): void {
    const tries = this.#tries;
    if (tries === null || tries.failures < failuresMost) return;
    const dueMs = Math.max(now, tries.dueMs - asideMs + mostRetryMs);
    if (dueMs < tries.dueMs) this.#note({ dueMs });
  }

  /** Does a portion of the due work. */
  async proceed(room: Room, now: number): Promise<void> {
    if (this.#removeMs !== null) return this.#remove(room.state, now);
    await this.#archive(room, now);
    if (this.#dismissMs === null || this.#dismissMs > now) return;
    await this.#ports.debriefing.dismiss();
    this.#dismissMs = (await this.#record.dismiss()) ? null : this.#clock.now() + readMs;
  }

  async #remove({ room, sessionId }: Readonly<RoomState>, now: number): Promise<void> {
    if (this.#removeMs === null || this.#removeMs > now || this.#isStopped) return;
    try {
      await removeSession(this.#env().DB, sessionId, readingOf(this.#env()));
      this.#isRemoved = true;
      log("info", "archive.removed", { room });
    } catch (fault) {
      log("error", "archive.remove_failed", { room, fault });
      this.#removeMs = this.#clock.now() + firstRetryMs;
    }
  }

  async #archive(room: Room, now: number): Promise<void> {
    const { state } = room;
    if (this.#tries === null || this.#tries.dueMs > now || this.#isStopped) return;
    const before = this.#tries.progress;
    this.#note({ startedMs: now });
    await this.#storage.sync();
    try {
      const isDone = await this.#portion(room, now);
      if (this.#tries === null) return;
      if (isDone) return this.#done(now);
      this.#advance();
      const isFarther = this.#tries.progress > before;
      this.#note({ startedMs: null, dueMs: isFarther ? now : this.#clock.now() + idleMs });
    } catch (fault) {
      if (fault instanceof ArchiveMismatch) this.#note({ pages: 0, place: null });
      this.#fail(this.#clock.now(), state, fault);
    }
  }

  /** @returns whether the session is in the archive */
  async #portion(room: Room, now: number): Promise<boolean> {
    const untilMs = serverClock.now() + portionMs;
    const record = this.#record;
    // The debrief comes first: people wait for it.
    const isMade = await this.#ports.debriefing.proceed(room, untilMs);
    this.#advance();
    if (!isMade) return false;
    const isWhole = await record.catchUp(untilMs);
    this.#advance();
    if (!isWhole) return false;
    const session = await this.#session(room.state, now);
    const { DB } = this.#env();
    const begun = this.#tries?.place ?? null;
    for await (const place of archiveSession(DB, session, begun, readingOf(this.#env()))) {
      if (this.#tries === null || this.#isStopped) return false;
      this.#tries = { ...this.#tries, place, pages: this.#tries.pages + 1 };
      // Is not noted after every page: to write some pages again does no harm.
      if (this.#tries.pages % notedPages === 0) this.#advance();
      if (serverClock.now() >= untilMs) return false;
    }
    return true;
  }

  /** The session as it goes to the archive. */
  async #session(state: Readonly<RoomState>, now: number): Promise<PagedSession> {
    const { sessionId, room, name, createdAt, log: logged, closedAt } = state;
    const { debriefing, classKey } = this.#ports;
    const made = { debriefing, keys: await keysOf(state, classKey()) };
    return {
      ...{ sessionId, room, name, createdAt, closedAt: closedAt ?? now },
      ...{ traders: tradersIn(state), rounds: logged.seeds },
      ...{ logHash: logged.hash, names: namesOf(state) },
      counts: { ...this.#record.tables.counts(), ...debriefCounts(made) },
      page: ({ table, after }: SessionPlace) =>
        isDebriefTable(table)
          ? paced(paceOfRoom(false), () => debriefPage(made, table, after as number | null))
          : this.#record.pageOf(table, after as Cells | null),
    };
  }

  /** Notes the progress. An archive that has come farther than ever may fail again as often. */
  #advance(): void {
    const { pages = 0, progress = 0 } = this.#tries ?? {};
    const reached = this.#ports.debriefing.progress + this.#record.tables.state.n + pages;
    if (reached > progress) this.#note({ progress: reached, failures: 0 });
  }

  #done(now: number): void {
    this.#tries = null;
    this.#journal.setMeta("archive", "done");
    this.#journal.deleteMeta("archive_tries");
    this.#dismissMs = now;
  }

  #fail(now: number, { room }: Readonly<RoomState>, fault: unknown): void {
    const failures = (this.#tries?.failures ?? 0) + 1;
    log("error", "archive.failed", { room, failures, fault });
    if (failures === failuresMost) log("error", "archive.set_aside", { room, failures });
    const retryMs = Math.min(mostRetryMs, firstRetryMs * 2 ** (failures - 1));
    const dueMs = now + (failures < failuresMost ? retryMs : asideMs);
    this.#note({ failures, dueMs, startedMs: null });
  }

  #note(change: Partial<Tries>): void {
    if (this.#tries === null) return;
    this.#tries = { ...this.#tries, ...change };
    this.#journal.setMeta("archive_tries", JSON.stringify(this.#tries));
  }

  #stored(now: number): Tries {
    const text = this.#journal.meta("archive_tries");
    return text === null ? { ...untried, dueMs: now } : (JSON.parse(text) as Tries);
  }
}
