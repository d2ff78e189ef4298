/**
 * Checks the traders whom the room drops when its alarm rings: they were not back in time after everybody had lost the
 * line, and none of them is dropped earlier.
 */

import type { Absence } from "../../worker/room/turn/absence.ts";
import type { LiveRoom } from "../../worker/room/turn/live-room.ts";
import { violated } from "../violation.ts";

/** Time in which most clients are back after a crash, and some are not. */
export const absenceGraceMs = 20;

export class AbsenceCheck {
  /** Traders dropped because they had not come back after a crash. */
  dropped = 0;
  /** Whether everybody has lost the line, and the room has not woken since. */
  #isForsaken = false;
  /** When the room last woke without any line. */
  #forsakenMs = -Infinity;

  everybodyLost(): void {
    this.#isForsaken = true;
  }

  woken(nowMs: number): void {
    if (this.#isForsaken) this.#forsakenMs = nowMs;
    this.#isForsaken = false;
  }

  /** Checks a dropped trader. @param isRinging whether the alarm drops, and not the loss of the last line */
  drop(userId: number, connections: number, isRinging: boolean, nowMs: number): void {
    if (connections > 0) violated("somebody was dropped who is connected", { userId });
    if (!isRinging) return;
    this.dropped++;
    if (nowMs < this.#forsakenMs + absenceGraceMs)
      violated("somebody was dropped who might have come back", { userId });
  }

  /** Checks after the alarm that no absent trader has orders once the grace is over. */
  rung(live: LiveRoom, absence: Absence): void {
    if (live.room?.hasAbsent === true && absence.dueMs === null)
      violated("somebody who has not come back keeps the orders");
  }
}
