/**
 * The one file that knows how a room is made, stored and woken: its journal, snapshot and state hash as the object's
 * storage holds them, of which only what a finished commit holds outlives a crash.
 */

import type { Recorder } from "#game/context.ts";
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

const decodedMost = 16;

/** What one commit writes, whole or not at all. */
interface Batch {
  first: number;
  count: number;
  bytes: Uint8Array;
  snapshot: Uint8Array | null;
}

export class Journal implements StoredRoom {
  #pending: JournalEntry[] = [];
  /** The last one may be under way. */
  readonly #batches: Batch[] = [];
  #durableBatches = 0;
  #written = 0;
  #durable = 0;
  #lastSeq = 0;
  #snapshotN = 0;
  #check: StateCheck | null = null;
  /** Batches decoded last: a repetition mostly asks for a recent one. */
  readonly #decoded = new Map<Batch, JournalEntry[]>();
  readonly #snapshotEvery: number;
  snapshots = 0;
  /** Told of every entry that the room appends. */
  onAppend: (n: number) => void = () => {};
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
    this.#pending.push(entry);
    this.onAppend(entry.n);
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
    this.#batches.push({ first, count, bytes, snapshot });
  }

  /** The commit is done: what was written stays. */
  commit(): void {
    this.#durable = this.#written;
    this.#durableBatches = this.#batches.length;
  }

  /** Forgets what waits: it did not happen. */
  discard(): void {
    this.#pending = [];
    this.#lastSeq = this.read(this.#written)?.seq ?? 0;
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
    if (n > this.#written) return this.#pending[n - this.#written - 1] ?? null;
    const at = this.#batchOf(n);
    return at === null ? null : (this.#decode(at)[n - at.first] ?? null);
  }

  *entries(n: number): Generator<JournalEntry> {
    for (const batch of this.#batches)
      if (batch.first + batch.count > n)
        for (const entry of decodeBatch(batch.bytes)) if (entry.n >= n) yield entry;
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
    return this.read(n)?.reply ?? null;
  }

  /** The room out of its snapshot and what came after it. */
  wake(out: Outbox): Woken {
    const woken = wake(this, { create: newEngine, restore: restoreEngine }, out);
    if (woken.snapshotFault !== null)
      violated("a snapshot cannot be read", { fault: String(woken.snapshotFault) });
    return woken;
  }

  /** A new room out of all entries, without a snapshot. */
  replay(out: Outbox, recorder: Recorder): Room {
    const room = new Room(newEngine(), this, out);
    for (const entry of this.entries(1)) room.replay(entry, recorder);
    return room;
  }

  #failIf(when: "append" | "commit"): void {
    if (this.failsNext !== when) return;
    this.failsNext = null;
    throw new DiskFault();
  }

  #batchOf(n: number): Batch | null {
    let [from, to] = [0, this.#batches.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if ((this.#batches[middle]?.first ?? 0) <= n) from = middle;
      else to = middle - 1;
    }
    return this.#batches[from] ?? null;
  }

  #decode(batch: Batch): JournalEntry[] {
    let entries = this.#decoded.get(batch);
    if (entries !== undefined) return entries;
    entries = decodeBatch(batch.bytes);
    this.#decoded.set(batch, entries);
    const [oldest] = this.#decoded.keys();
    if (this.#decoded.size > decodedMost && oldest !== undefined) this.#decoded.delete(oldest);
    return entries;
  }
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
