/**
 * Traders whose orders go with their connection, and whose going the room has not seen: the server was killed or
 * stopped under them. When the room wakes they get a grace to come back in; who has not by then is dropped.
 */

import type { Room } from "#game/room.ts";
import { randomToken } from "./secrets.ts";
import type { SqlJournal } from "./journal.ts";

/**
 * What the app needs at most to come back: 12 s until a dead line is noticed, and twice a pause of 2.5 s and a try of
 * 8 s, with some to spare. *Source:* app/src/lib/net/socket.ts.
 */
export const absenceGraceMs = 35_000;

/** A grace that was granted: it goes on when the object hibernates, and begins anew when the server stops again. */
interface Grace {
  dueMs: number;
  process: string;
}

let processId: string | null = null;

/** Made once a process, and not before a request: the platform gives no random bits earlier. */
function thisProcess(): string {
  processId ??= randomToken();
  return processId;
}

export class Absence {
  readonly #journal: SqlJournal;
  #dueMs: number | null = null;
  /** Everybody has been sent away since the stored grace was granted. */
  #isOutdated = false;

  constructor(journal: SqlJournal) {
    this.#journal = journal;
  }

  /** When the absent are to be dropped, Unix ms; null: nobody is waited for. */
  get dueMs(): number | null {
    return this.#dueMs;
  }

  /** The room is in memory again, or for the first time. */
  enter(room: Room, now: number): void {
    const stored = this.#journal.meta("absence");
    this.#dueMs = null;
    if (room.hasAbsent) {
      const latest = now + absenceGraceMs;
      const grace = stored === null || this.#isOutdated ? null : (JSON.parse(stored) as Grace);
      const goesOn = grace?.process === thisProcess();
      this.#dueMs = goesOn ? Math.min(grace.dueMs, latest) : latest;
      const granted: Grace = { dueMs: this.#dueMs, process: thisProcess() };
      if (!goesOn) this.#journal.setMeta("absence", JSON.stringify(granted));
    } else if (stored !== null) this.#journal.deleteMeta("absence");
    this.#isOutdated = false;
  }

  /** Drops who has not come back, if the grace is over. */
  proceed(room: Room, now: number): void {
    if (this.#dueMs === null || this.#dueMs > now) return;
    room.dropAbsent(now);
    this.#dueMs = null;
    this.#journal.deleteMeta("absence");
  }

  /** Another object takes this one's place, and everybody is sent away: a grace that was granted begins anew. */
  renew(): void {
    this.#journal.deleteMeta("absence");
  }

  /** The room has gone, and everybody with it: who is waited for is found again by `enter`. */
  forget(): void {
    this.#dueMs = null;
    this.#isOutdated = true;
  }
}
