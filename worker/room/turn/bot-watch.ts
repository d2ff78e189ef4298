/**
 * Brings the room back to its bots. A timer of the object lets them act, and is lost with the object: an alarm that is set
 * while they are at work wakes the room again, and finds out whether anybody is still there.
 */

import type { Room } from "#game/room.ts";
import type { Companion } from "./live-room.ts";

/** Time after the last entry at which the room is looked after. */
const watchMs = 20_000;

export class BotWatch implements Companion {
  #room: Room | null = null;
  #lastMs = 0;

  /** Unix ms; null: no bot is at work. */
  get dueMs(): number | null {
    return this.#room?.hasBotsAtWork === true ? this.#lastMs + watchMs : null;
  }

  enter(room: Room, _replayed: number, now: number): void {
    this.#room = room;
    this.#lastMs = now;
  }

  written(now: number): void {
    this.#lastMs = now;
  }

  leave(): void {
    this.#room = null;
  }
}
