/** What becomes of a room after its game: the closed session goes to the archive, and one day all that is stored goes. */

import type { RecordedSession } from "#game/record.ts";
import type { RoomState } from "#game/state.ts";
import { archiveSession } from "../archive/write.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import type { SqlJournal } from "./journal.ts";
import { againMs, deletionMs, retentionRule } from "./retention.ts";

const archiveRetryMs = 15_000;

export class Afterlife {
  readonly #journal: SqlJournal;
  readonly #env: () => Env;
  /** When the closed session is to be archived; null: it is not closed, or is archived. */
  #archiveMs: number | null = null;
  /** When the room may be deleted, as far as was known when that was last looked at; null: not as it stands. */
  #deletionMs: number | null = null;

  constructor(journal: SqlJournal, env: () => Env) {
    this.#journal = journal;
    this.#env = env;
  }

  /** When there is something to do, Unix ms; null: never, as it stands. */
  get dueMs(): number | null {
    const earliest = Math.min(this.#archiveMs ?? Infinity, this.#deletionMs ?? Infinity);
    return earliest === Infinity ? null : earliest;
  }

  /** The room is in memory again, or for the first time. @param isBusy somebody is connected */
  enter(state: Readonly<RoomState>, isBusy: boolean, now: number): void {
    this.#archiveMs = this.#journal.meta("archive") === "pending" ? now : null;
    this.#planDeletion(state, isBusy, now);
  }

  /** The session has closed in this turn. */
  closed(now: number): void {
    this.#archiveMs = now;
  }

  /** To be called with every commit: that a session is still to be archived is stored with what closed it. */
  committed(): void {
    if (this.#archiveMs !== null) this.#journal.setMeta("archive", "pending");
  }

  /** The room has gone, or its turn did not happen: what is due is found again by `enter`. */
  forget(): void {
    this.#archiveMs = null;
    this.#deletionMs = null;
  }

  /**
   * Does what is due. An archive that fails is tried again later.
   * @param session the closed session whole
   * @returns whether the room is to be deleted now
   */
  async proceed(
    state: Readonly<RoomState>,
    isBusy: boolean,
    now: number,
    session: () => RecordedSession,
  ): Promise<boolean> {
    if (this.#archiveMs !== null) await this.#archive(session(), now);
    this.#planDeletion(state, isBusy, now);
    return this.#deletionMs !== null && this.#deletionMs <= now;
  }

  async #archive(session: RecordedSession, now: number): Promise<void> {
    this.#archiveMs = now + archiveRetryMs;
    try {
      await archiveSession(this.#env().DB, { ...session, closedAt: session.closedAt ?? now });
      this.#journal.setMeta("archive", "done");
      this.#archiveMs = null;
    } catch (fault) {
      log("error", "archive.failed", { room: session.room, fault });
    }
  }

  /** Looks when the room may go. It is looked at again when that comes: meanwhile somebody may have entered. */
  #planDeletion(state: Readonly<RoomState>, isBusy: boolean, now: number): void {
    const isArchived = this.#journal.meta("archive") === "done";
    const dueMs = deletionMs(state, isArchived, retentionRule(this.#env()));
    this.#deletionMs = isBusy && dueMs !== null ? Math.max(dueMs, now + againMs) : dueMs;
  }
}
