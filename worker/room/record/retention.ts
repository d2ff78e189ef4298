/**
 * Decides how long a room is kept, and when its session goes to the archive. A room that nobody entered is deleted after a day,
 * one that only its host entered after a month, a closed one after three, when it is in the archive. A room with players
 * that was never closed stays.
 */

import type { Room } from "#game/room.ts";
import type { RoomState } from "#game/state.ts";
import type { Env } from "../../env.ts";
import type { Archiving } from "./archiving.ts";
import type { Companion } from "../turn/live-room.ts";

const dayMs = 24 * 3_600_000;
const unenteredDays = 1;
/** Time after which a room is looked at again that was not deleted because somebody was connected. */
const againMs = 3_600_000;

/** The operator's days, or the defaults. */
export interface RetentionRule {
  unusedDays: number;
  keepDays: number;
}

export function retentionRule({ UNUSED_DAYS, KEEP_DAYS }: Env): RetentionRule {
  return { unusedDays: days(UNUSED_DAYS, 30), keepDays: days(KEEP_DAYS, 90) };
}

/** When the room is to be deleted, Unix ms; null: never, if nothing changes. */
export function deletionMs(
  state: Readonly<RoomState>,
  isArchived: boolean,
  { unusedDays, keepDays }: RetentionRule,
): number | null {
  if (state.closedAt !== null) return isArchived ? state.closedAt + keepDays * dayMs : null;
  const users = [...state.users.values()];
  if (users.some(({ role }) => role !== "exchange")) return null;
  return state.createdAt + (users.length === 0 ? unenteredDays : unusedDays) * dayMs;
}

/** Reads a setting. One that is not a positive number is a mistake of the operator's: the default holds. */
function days(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : fallback;
}

export class Retention implements Companion {
  readonly #archiving: Archiving;
  readonly #env: () => Env;
  /** Whether somebody is connected. */
  readonly #isBusy: () => boolean;
  /** When the room may be deleted, as of the last look; null: never, if nothing changes. */
  #deletionMs: number | null = null;

  constructor(archiving: Archiving, env: () => Env, isBusy: () => boolean) {
    this.#archiving = archiving;
    this.#env = env;
    this.#isBusy = isBusy;
  }

  get dueMs(): number | null {
    const earliest = Math.min(this.#archiving.dueMs ?? Infinity, this.#deletionMs ?? Infinity);
    return earliest === Infinity ? null : earliest;
  }

  enter({ state }: Room, _replayed: number, now: number): void {
    this.#archiving.enter(state, now);
    this.#planDeletion(state, now);
  }

  written(): void {
    this.#archiving.committed();
  }

  leave(): void {
    this.#archiving.leave();
    this.#deletionMs = null;
  }

  /**
   * Does the due archiving and deleting of tables.
   * @returns whether the room is to be deleted now
   */
  async proceed(room: Room, now: number): Promise<boolean> {
    await this.#archiving.proceed(room, now);
    if (this.#archiving.isRemoved) return true;
    this.#planDeletion(room.state, now);
    return this.#deletionMs !== null && this.#deletionMs <= now;
  }

  /** Plans when to look again whether the room may be deleted: until then somebody may have entered. */
  #planDeletion(state: Readonly<RoomState>, now: number): void {
    const dueMs = deletionMs(state, this.#archiving.isDone, retentionRule(this.#env()));
    this.#deletionMs = this.#isBusy() && dueMs !== null ? Math.max(dueMs, now + againMs) : dueMs;
  }
}
