/**
 * Keeps what a room that wakes starts from: a snapshot once enough entries lie behind the last one, preferably when
 * nobody is waiting, and the state hash of every quiet moment, which proves what is rebuilt.
 */

import type { Room } from "#game/room.ts";
import { takeSnapshot } from "#game/snapshot.ts";
import type { SqlJournal } from "./journal.ts";

/** Quiet is a room in which nothing was decided for so long. Shorter than it takes the platform to hibernate it. */
const quietMs = 2_000;
/**
 * Entries behind the last snapshot that are worth a new one: in a quiet moment, and in any. In a room with many orders
 * and cids a snapshot costs more, and it takes more entries to be worth it: the largest takes a fifth of a second.
 */
const worthWhenQuiet = 500;
const worthAlways = 10_000;
const quietShare = 1 / 20;
const alwaysShare = 1 / 2;

export class Keeper {
  readonly #journal: SqlJournal;
  readonly #room: Room;
  /** The last entry of the last snapshot, and of the last state hash. */
  #snapshotN: number;
  #checkN: number;
  #writtenMs: number;

  /** @param replayed how many entries lay behind the snapshot when the room woke */
  constructor(journal: SqlJournal, room: Room, replayed: number, now: number) {
    this.#journal = journal;
    this.#room = room;
    this.#snapshotN = room.state.journalled - replayed;
    this.#checkN = journal.check()?.n ?? 0;
    this.#writtenMs = now;
  }

  /** When the room will have been quiet, if nothing happens; null: nothing is to be kept. */
  get dueMs(): number | null {
    return this.#room.state.journalled === this.#checkN ? null : this.#writtenMs + quietMs;
  }

  /** To be called whenever entries were written. */
  written(now: number): void {
    this.#writtenMs = now;
    if (this.#behind >= worthAlways && this.#behind >= worthAlways + alwaysShare * this.#size)
      this.#snapshot();
  }

  /** Notes the state hash, and takes a snapshot if it is worth it. */
  keep(): void {
    const { context, state } = this.#room;
    if (this.#behind >= worthWhenQuiet + quietShare * this.#size) this.#snapshot();
    this.#checkN = state.journalled;
    this.#journal.setCheck({ n: this.#checkN, hash: context.engine.stateHash() });
  }

  get #behind(): number {
    return this.#room.state.journalled - this.#snapshotN;
  }

  /** How many orders and cids a snapshot has. */
  get #size(): number {
    const { orders, users } = this.#room.state;
    let size = orders.size;
    for (const { cids } of users.values()) size += cids.size;
    return size;
  }

  #snapshot(): void {
    const { context, state } = this.#room;
    this.#journal.setSnapshot(takeSnapshot(state, context.engine));
    this.#snapshotN = state.journalled;
    this.#journal.noteSize(this.#snapshotN);
  }
}
