/**
 * Keeps the start of the next wake: a snapshot once enough entries lie behind the last one, preferably when nobody is
 * waiting, and the state hash of every quiet moment, which proves the rebuilt room.
 */

import type { Room } from "#game/room.ts";
import { takeSnapshot } from "#game/journal/snapshot.ts";
import type { StateCheck } from "#game/journal/waking.ts";
import type { Companion } from "./live-room.ts";

/** Quiet is a room in which nothing was decided for so long. Shorter than it takes the platform to hibernate it. */
const quietMs = 2_000;
/**
 * Entries behind the last snapshot that are worth a new one: in a quiet moment, and in any. In a room with many orders
 * and cids a snapshot costs more, and it takes more entries to be worth it: the largest takes a fifth of a second.
 */
const usual: SnapshotRule = { worthWhenQuiet: 500, worthAlways: 10_000 };
const quietShare = 1 / 20;
const alwaysShare = 1 / 2;

export interface SnapshotRule {
  worthWhenQuiet: number;
  worthAlways: number;
}

interface Store {
  check(): StateCheck | null;
  setCheck(check: StateCheck): void;
  setSnapshot(bytes: Uint8Array): void;
  /** @param n the last entry that is written */
  noteSize(n: number): void;
}

export class SnapshotSchedule implements Companion {
  readonly #store: Store;
  readonly #rule: SnapshotRule;
  #room: Room | null = null;
  /** The last entry of the last snapshot, and of the last state hash. */
  #snapshotN = 0;
  #checkN = 0;
  #writtenMs = 0;

  constructor(store: Store, rule = usual) {
    this.#store = store;
    this.#rule = rule;
  }

  enter(room: Room, replayed: number, now: number): void {
    this.#room = room;
    this.#snapshotN = room.state.journalled - replayed;
    this.#checkN = this.#store.check()?.n ?? 0;
    this.#writtenMs = now;
  }

  leave(): void {
    this.#room = null;
  }

  /** When the room will have been quiet, if nothing happens; null: nothing is to be kept. */
  get dueMs(): number | null {
    return this.#room === null || this.#room.state.journalled === this.#checkN
      ? null
      : this.#writtenMs + quietMs;
  }

  written(now: number): void {
    this.#writtenMs = now;
    if (this.#room === null) return;
    const behind = this.#room.state.journalled - this.#snapshotN;
    const { worthAlways } = this.#rule;
    if (behind >= worthAlways && behind >= worthAlways + alwaysShare * sizeOf(this.#room))
      this.#snapshot(this.#room);
  }

  /** Notes the state hash, and takes a snapshot if it is worth it. */
  keep(): void {
    const room = this.#room;
    if (room === null) return;
    const behind = room.state.journalled - this.#snapshotN;
    if (behind >= this.#rule.worthWhenQuiet + quietShare * sizeOf(room)) this.#snapshot(room);
    this.#checkN = room.state.journalled;
    this.#store.setCheck({ n: this.#checkN, hash: room.context.engine.stateHash() });
  }

  #snapshot({ context, state }: Room): void {
    this.#store.setSnapshot(takeSnapshot(state, context.engine));
    this.#snapshotN = state.journalled;
    this.#store.noteSize(this.#snapshotN);
  }
}

/** How many orders and cids a snapshot has. */
function sizeOf({ state }: Room): number {
  let size = state.orders.size;
  for (const { cids } of state.users.values()) size += cids.size;
  return size;
}
