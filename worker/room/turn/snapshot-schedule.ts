/**
 * Decides when to store a snapshot, from which the room is rebuilt: once there are enough entries after the last one,
 * preferably in a quiet moment. Stores the state hash of every quiet moment, which proves the rebuilt room.
 */

import type { Room } from "#game/room.ts";
import { takeSnapshot } from "#game/journal/snapshot.ts";
import type { StateCheck } from "#game/journal/waking.ts";
import type { Companion } from "./live-room.ts";

/** Time without a decision after which a room is quiet: shorter than the platform's until it hibernates. */
const quietMs = 2_000;
/**
 * Entries after the last snapshot that are worth a new one: in a quiet moment, and in any. In a room with many orders and
 * cids a snapshot costs more, up to a fifth of a second, and more entries are needed to be worth it.
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
  /** Stores a snapshot. @param n the last entry that is written */
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

  /** When the room will be quiet, if nothing happens; null: there is nothing to store. */
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

  /** Stores the state hash, and a snapshot if it is worth it. */
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

/** Counts the orders and cids that a snapshot has. */
function sizeOf({ state }: Room): number {
  let size = state.orders.size;
  for (const { cids } of state.users.values()) size += cids.size;
  return size;
}
