/**
 * The one file that knows how a room is made, stored and woken: its journal, snapshot and state hash as the object's
 * storage holds them, of which only what a finished commit holds outlives a crash.
 */

import { decodeBatch, encodeBatch } from "#game/journal-codec.ts";
import type { CreateInput, JournalEntry } from "#game/journal.ts";
import type { Outbox } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import { plain, takeSnapshot } from "#game/snapshot.ts";
import type { RoomUser } from "#game/state.ts";
import { newEngine, restoreEngine } from "#game/test-room.ts";
import { bookView, openOrdersOf, positionsOf } from "#game/views.ts";
import { wake, type StateCheck, type StoredRoom, type Woken } from "#game/waking.ts";
import { limits, type Message, type Request } from "#protocol";
import { violated } from "./violation.ts";

/** A write that failed: nothing of it is kept. */
export class DiskFault extends Error {
  override readonly name = "DiskFault";
}

/** So many batches are kept decoded: repetitions and answers mostly ask for a recent one. */
const decodedMost = 64;

/** What one commit writes, whole or not at all. */
interface Batch {
  first: number;
  count: number;
  bytes: Uint8Array;
  /** What the bytes say, while it is likely to be asked for. */
  decoded: JournalEntry[] | null;
  snapshot: Uint8Array | null;
}

export interface JournalSabotage {
  /** What is written in place of an entry. */
  entry?: (entry: JournalEntry) => JournalEntry;
  /** The room finds nothing by its number. */
  forgets?: boolean;
}

export class Journal implements StoredRoom {
  #pending: JournalEntry[] = [];
  /** The last one may be under way. */
  readonly #batches: Batch[] = [];
  #durableBatches = 0;
  #written = 0;
  #durable = 0;
  /** A simulated disk has room for everything. */
  readonly fullness = 0;
  #lastSeq = 0;
  #snapshotN = 0;
  #check: StateCheck | null = null;
  /** Batches before this one are decoded anew for whoever asks. */
  #oldestDecoded = 0;
  readonly #snapshotEvery: number;
  snapshots = 0;
  /** For planting mistakes. */
  sabotage: JournalSabotage = {};
  /** Told of every entry that the room appends. */
  onAppend: (entry: JournalEntry) => void = () => {};
  /** A fault that is yet to come: in the middle of the next turn, or when the next commit is written. */
  failsNext: "append" | "commit" | null = null;

  /** @param snapshotEvery so many entries after the last snapshot a commit takes the next one with it */
  constructor(snapshotEvery: number) {
    this.#snapshotEvery = snapshotEvery;
  }

  append(entry: JournalEntry): void {
    this.#failIf("append");
    if (entry.n !== this.length + 1 || entry.seq <= this.#lastSeq)
      violated("journal entries do not follow one another", { last: this.length, entry });
    this.#lastSeq = entry.seq;
    this.#pending.push(this.sabotage.entry?.(entry) ?? entry);
    this.onAppend(entry);
  }

  /** Entries, whether written or not. */
  get length(): number {
    return this.#written + this.#pending.length;
  }
  /** How many of them nothing can take back. */
  get durable(): number {
    return this.#durable;
  }
  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  /** A commit begins with all that waits. Throws a `DiskFault` if it cannot be written. */
  write(room: Room): void {
    this.#failIf("commit");
    if (this.#pending.length === 0) return;
    const [first, count] = [this.#written + 1, this.#pending.length];
    const bytes = encodeBatch(this.#pending);
    this.#pending = [];
    this.#written += count;
    const takesSnapshot = this.#written - this.#snapshotN >= this.#snapshotEvery;
    const snapshot = takesSnapshot ? takeSnapshot(room.state, room.context.engine) : null;
    if (takesSnapshot) {
      this.#snapshotN = this.#written;
      this.snapshots++;
    }
    this.#batches.push({ first, count, bytes, decoded: null, snapshot });
  }

  /** The commit is done: what was written stays. */
  commit(): void {
    this.#durable = this.#written;
    this.#durableBatches = this.#batches.length;
    this.#forgetDecoded();
  }

  /** Forgets what waits: it did not happen. */
  discard(): void {
    this.#pending = [];
    this.#lastSeq = this.#entry(this.#written)?.seq ?? 0;
  }

  /** A crash. A commit that is under way is kept whole or lost whole. */
  lose(keepsWritten: boolean): void {
    if (!keepsWritten) {
      this.#batches.length = this.#durableBatches;
      this.#written = this.#durable;
    }
    this.commit();
    const last = this.#batches.findLast(({ snapshot }) => snapshot !== null);
    this.#snapshotN = last === undefined ? 0 : last.first + last.count - 1;
    this.discard();
  }

  /** Notes the state hash, for whoever wakes the room. */
  note(room: Room): void {
    this.#check = { n: room.state.journalled, hash: room.context.engine.stateHash() };
  }

  // What a room wakes from

  read(n: number): JournalEntry | null {
    return this.sabotage.forgets === true ? null : this.#entry(n);
  }

  #entry(n: number): JournalEntry | null {
    if (n > this.#written) return this.#pending[n - this.#written - 1] ?? null;
    const batch = this.#batches[this.#indexOf(n)];
    return batch === undefined ? null : (this.#decode(batch)[n - batch.first] ?? null);
  }

  *entries(n: number): Generator<JournalEntry> {
    for (let at = this.#indexOf(n); at < this.#batches.length; at++)
      for (const entry of this.#decode(this.#batches[at] as Batch)) if (entry.n >= n) yield entry;
    yield* this.#pending;
  }

  snapshot(): Uint8Array | null {
    return this.#batches.findLast(({ snapshot }) => snapshot !== null)?.snapshot ?? null;
  }

  check(): StateCheck | null {
    return this.#check;
  }

  /** The first reply that entry `n` keeps. */
  replyOf(n: number): Message | null {
    return this.#entry(n)?.reply ?? null;
  }

  /** The room out of its snapshot and what came after it. */
  wake(out: Outbox): Woken {
    const woken = wake(this, { create: newEngine, restore: restoreEngine }, out);
    if (woken.snapshotFault !== null)
      violated("a snapshot cannot be read", { fault: String(woken.snapshotFault) });
    return woken;
  }

  #failIf(when: "append" | "commit"): void {
    if (this.failsNext !== when) return;
    this.failsNext = null;
    throw new DiskFault();
  }

  /** Of the batch with entry `n`, or the last one before it. */
  #indexOf(n: number): number {
    let [from, to] = [0, this.#batches.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((this.#batches[middle]?.first ?? 0) <= n) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  /** Bytes never change, so what they say is kept for the next who asks. */
  #decode(batch: Batch): JournalEntry[] {
    return (batch.decoded ??= decodeBatch(batch.bytes));
  }

  /** Keeps what a wake would replay, and the newest. */
  #forgetDecoded(): void {
    const { length } = this.#batches;
    for (; this.#oldestDecoded < length - decodedMost; this.#oldestDecoded++) {
      const batch = this.#batches[this.#oldestDecoded] as Batch;
      if (batch.first > this.#snapshotN) return;
      batch.decoded = null;
    }
  }
}

/** A room out of nothing, to replay entries of the journal into. It must not write any. */
export function followingRoom(journal: Journal, out: Outbox): Room {
  const port = {
    append: (entry: JournalEntry) => violated("a room that only replays decides", { entry }),
    read: (n: number) => journal.read(n),
    fullness: 0,
  };
  return new Room(newEngine(), port, out);
}

export function createRoom(journal: Journal, out: Outbox, create: CreateInput, now: number): Room {
  const room = new Room(newEngine(), journal, out);
  room.create(create, now);
  return room;
}

/** A join whose secrets are hashed, for which the text itself will do. */
export function join(
  room: Room,
  request: Request<"join">,
  connection: number,
  now: number,
  token: string,
): ReturnType<Room["join"]> {
  const { cid = "" } = request;
  const isRepeatable = cid.length >= limits.joinCidLength && request.resume_token === undefined;
  const fresh = isRepeatable ? `token of ${cid}` : token;
  return room.join(
    {
      request,
      resumeHash: request.resume_token ?? null,
      hostHash: request.host_token ?? null,
      passcodeHash: null,
      fresh: { token: fresh, hash: fresh },
      isRepeatable,
    },
    connection,
    now,
  );
}

/** Everything that decides a room's future: the engine's hash, and the room's own state without its connections. */
export function fingerprint(room: Room): object {
  return { engine: room.context.engine.stateHash(), ...plain(room.state) };
}

export const userOf = (room: Room, userId: number): RoomUser | undefined =>
  room.state.users.get(userId);
export const openOrders = (room: Room, userId: number) => openOrdersOf(room.context, userId);
export const positions = (room: Room, userId: number) => positionsOf(room.context, userId);
export const book = (room: Room, inst: number, depth: number, now: number) =>
  bookView(room.context, "md_inc", inst, depth, now);
