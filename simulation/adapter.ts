/**
 * The one file that knows how a room is made, journalled and rebuilt: the journal whose rows become durable at a commit,
 * and what is compared of two rooms.
 */

import type { Recorder } from "#game/context.ts";
import type { CreateInput, JournalPort, JournalRow } from "#game/journal.ts";
import type { Outbox } from "#game/outbox.ts";
import { Room } from "#game/room.ts";
import type { RoomUser } from "#game/state.ts";
import { newEngine } from "#game/test-room.ts";
import { bookView, openOrdersOf, positionsOf } from "#game/views.ts";
import type { Message, Request } from "#protocol";
import { canonical, violated } from "./violation.ts";

/** A write that failed: nothing of it is kept. */
export class DiskFault extends Error {
  override readonly name = "DiskFault";
}

export class Journal implements JournalPort {
  #rows: JournalRow[] = [];
  #sealed = 0;
  #durable = 0;
  /** Told of every row that is written. */
  onAppend: (n: number) => void = () => {};
  /** The next write fails, as on a full disk. */
  failsNext = false;

  append(row: JournalRow): void {
    if (this.failsNext) {
      this.failsNext = false;
      throw new DiskFault();
    }
    const last = this.#rows.at(-1);
    if (row.n !== this.#rows.length + 1 || row.seq <= (last?.seq ?? 0))
      violated("journal rows do not follow one another", { last, row });
    this.#rows.push({ ...row });
    this.onAppend(row.n);
  }

  read(n: number): JournalRow | null {
    return this.#rows[n - 1] ?? null;
  }

  get length(): number {
    return this.#rows.length;
  }
  get durable(): number {
    return this.#durable;
  }
  get hasUnsealed(): boolean {
    return this.#rows.length > this.#sealed;
  }

  /** A commit begins: what has been written until now is in it. */
  seal(): void {
    this.#sealed = this.#rows.length;
  }

  commit(): void {
    this.#durable = this.#sealed;
  }

  /** A crash: a commit that was under way is kept whole or lost whole. */
  lose(keepsSealed: boolean): void {
    this.#rows.length = keepsSealed ? this.#sealed : this.#durable;
    this.#sealed = this.#durable = this.#rows.length;
  }

  /** The first reply that row `n` keeps. */
  replyOf(n: number): Message | null {
    const row = this.read(n);
    return row === null || row.reply === "" ? null : (JSON.parse(row.reply) as Message);
  }

  /** A new room out of the rows that there are. */
  open(out: Outbox, recorder: Recorder | null = null): Room {
    const room = new Room(newEngine(), this, out);
    for (const row of this.#rows) room.replay(row, recorder);
    return room;
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
): RoomUser | { code: string; message: string } {
  const attempt = {
    request,
    resumeHash: request.resume_token ?? null,
    hostHash: request.host_token ?? null,
    passcodeHash: null,
    fresh: { token, hash: token },
  };
  const user = room.join(attempt, connection, now);
  return "code" in user ? { ...user } : user;
}

/** Everything that decides a room's future: the engine's hash, and the room's own state without its connections. */
export function fingerprint(room: Room): string {
  const users = [...room.state.users.values()].map(
    ({ connections: _c, orderBucket: _o, cancelBucket: _b, ...user }) => user,
  );
  return canonical(plain({ engine: room.context.engine.stateHash(), ...room.state, users }));
}

/** Maps and sets as lists, in their order. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(plain);
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

export const openOrders = (room: Room, userId: number) => openOrdersOf(room.context, userId);
export const positions = (room: Room, userId: number) => positionsOf(room.context, userId);
export const book = (room: Room, inst: number, depth: number, now: number) =>
  bookView(room.context, "md_inc", inst, depth, now);
