/** What becomes of a room after its game: the closed session goes to the archive, and one day all that is stored goes. */

import type { RoomState } from "#game/state.ts";
import type { Env } from "../env.ts";
import type { Archiving } from "./archiving.ts";
import { againMs, deletionMs, retentionRule } from "./retention.ts";

export class Afterlife {
  readonly #archiving: Archiving;
  readonly #env: () => Env;
  /** When the room may be deleted, as far as was known when that was last looked at; null: not as it stands. */
  #deletionMs: number | null = null;

  constructor(archiving: Archiving, env: () => Env) {
    this.#archiving = archiving;
    this.#env = env;
  }

  /** When there is something to do, Unix ms; null: never, as it stands. */
  get dueMs(): number | null {
    const earliest = Math.min(this.#archiving.dueMs ?? Infinity, this.#deletionMs ?? Infinity);
    return earliest === Infinity ? null : earliest;
  }

  /** The room is in memory again, or for the first time. @param isBusy somebody is connected */
  enter(state: Readonly<RoomState>, isBusy: boolean, now: number): void {
    this.#archiving.enter(state, now);
    this.#planDeletion(state, isBusy, now);
  }

  /** The room has gone, or its turn did not happen: what is due is found again by `enter`. */
  forget(): void {
    this.#archiving.forget();
    this.#deletionMs = null;
  }

  /**
   * Does what is due.
   * @returns whether the room is to be deleted now
   */
  async proceed(state: Readonly<RoomState>, isBusy: boolean, now: number): Promise<boolean> {
    await this.#archiving.proceed(state, now);
    this.#planDeletion(state, isBusy, now);
    return this.#deletionMs !== null && this.#deletionMs <= now;
  }

  /** Looks when the room may go. It is looked at again when that comes: meanwhile somebody may have entered. */
  #planDeletion(state: Readonly<RoomState>, isBusy: boolean, now: number): void {
    const dueMs = deletionMs(state, this.#archiving.isDone, retentionRule(this.#env()));
    this.#deletionMs = isBusy && dueMs !== null ? Math.max(dueMs, now + againMs) : dueMs;
  }
}
