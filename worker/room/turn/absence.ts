/**
 * Traders whose orders are cancelled when they disconnect, and who disconnected unseen because the server was killed or
 * stopped. When the room wakes they get a time of grace to come back; after it the absent ones are dropped.
 */

import type { Room } from "#game/room.ts";
import type { Companion } from "./live-room.ts";

/**
 * Time that the app needs at most to come back: 12 s until a dead line is noticed, and twice a pause of 2.5 s and a try
 * of 8 s, with some to spare. *Source:* client/line/socket.ts.
 */
export const absenceGraceMs = 35_000;

/** A grace that was granted: it goes on when the object hibernates, and begins anew when the server stops again. */
interface Grace {
  dueMs: number;
  process: string;
}

/** The store of a grace that was granted. */
interface Notes {
  meta(key: "absence"): string | null;
  setMeta(key: "absence", value: string): void;
  deleteMeta(key: "absence"): void;
}

export class Absence implements Companion {
  readonly graceMs: number;
  readonly #notes: Notes;
  readonly #processId: () => string;
  #room: Room | null = null;
  #dueMs: number | null = null;
  /** Whether everybody was sent away since the stored grace was granted. */
  #isOutdated = false;

  /** @param processId gives a new id after every start of the server */
  constructor(notes: Notes, processId: () => string, graceMs = absenceGraceMs) {
    this.#notes = notes;
    this.#processId = processId;
    this.graceMs = graceMs;
  }

  /** When the absent are to be dropped, Unix ms; null: nobody is waited for. */
  get dueMs(): number | null {
    return this.#dueMs;
  }

  enter(room: Room, _replayed: number, now: number): void {
    const stored = this.#notes.meta("absence");
    this.#room = room;
    this.#dueMs = null;
    if (room.hasAbsent) {
      const latest = now + this.graceMs;
      const grace = stored === null || this.#isOutdated ? null : (JSON.parse(stored) as Grace);
      const goesOn = grace?.process === this.#processId();
      this.#dueMs = goesOn ? Math.min(grace.dueMs, latest) : latest;
      const granted: Grace = { dueMs: this.#dueMs, process: this.#processId() };
      if (!goesOn) this.#notes.setMeta("absence", JSON.stringify(granted));
    } else if (stored !== null) this.#notes.deleteMeta("absence");
    this.#isOutdated = false;
  }

  written(): void {}

  /** Drops the absent, if the grace is over. */
  proceed(now: number): void {
    if (this.#room === null || this.#dueMs === null || this.#dueMs > now) return;
    this.#room.dropAbsent(now);
    this.#dueMs = null;
    this.#notes.deleteMeta("absence");
  }

  /** Lets the grace begin anew: another object takes this one's place, and everybody is sent away. */
  renew(): void {
    this.#notes.deleteMeta("absence");
  }

  /** Drops its memory with the room: `enter` finds the absent again. */
  leave(): void {
    this.#room = null;
    this.#dueMs = null;
    this.#isOutdated = true;
  }
}
