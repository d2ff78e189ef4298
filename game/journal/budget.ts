/**
 * Budget of the room's journal: the space that it may take, and the rate for entries that change nothing. The host is
 * told before the space is used up; afterwards the room takes no more orders and nobody new, but cancels, settlement
 * and closing go on.
 */

import { limits, operations, TokenBucket, type Request, type WriteOp } from "#protocol";
import type { Context } from "../context.ts";
import { bytesOf } from "./codec.ts";
import type { JournalEntry, JournalPort } from "./entry.ts";
import { reject, type Rejection } from "../rejection.ts";
import { present, type RoomUser } from "../state.ts";

/** Shares of the space at which the host is told. */
const warnings = [0.8, 0.9, 0.95, 1] as const;
/** Beyond this share only those operations are taken that end a game. */
const reserve = 1.25;

export const spentText =
  "The room's record is full: orders can be cancelled and the session be closed, and a new room takes more.";

/**
 * Share of the burst that is there when the room wakes: room for a thousand `cid`s of one user, and little gain from
 * making a room sleep and wake again and again.
 */
const atFirst = 1 / 4;

export class JournalBudget {
  readonly #journal: JournalPort;
  /** Bytes for entries that change nothing: of all, and of each user. */
  #unchanged: TokenBucket | null = null;
  readonly #unchangedOf = new WeakMap<RoomUser, TokenBucket>();
  /** Number of `warnings` that the host has been sent. */
  #told = 0;

  constructor(journal: JournalPort) {
    this.#journal = journal;
  }

  get isSpent(): boolean {
    return this.#journal.fullness >= 1;
  }

  /** Refusal of a request for which there is no space; null: there is. */
  refusal({ op }: Request<WriteOp>): Rejection | null {
    const { fullness } = this.#journal;
    const { whenFull } = operations[op];
    const isTaken = whenFull === "always" || (whenFull === "reserve" && fullness < reserve);
    return fullness < 1 || isTaken ? null : reject("ROOM_FULL", spentText);
  }

  /**
   * Takes the space of an entry that has changed nothing and is kept for its `cid` alone.
   * @returns false if there is none: the entry is not written
   */
  keeps(user: RoomUser, entry: JournalEntry): boolean {
    if (this.isSpent) return false;
    const { ts } = entry;
    const all = (this.#unchanged ??= unchangedBucket(1, ts));
    let own = this.#unchangedOf.get(user);
    if (own === undefined)
      this.#unchangedOf.set(user, (own = unchangedBucket(limits.unchangedShareOfUser, ts)));
    if (all.left(ts) < 1 || own.left(ts) < 1) return false;
    const bytes = bytesOf(entry);
    return all.take(ts, bytes) && own.take(ts, bytes);
  }

  /** Tells the host once of each share that is reached. */
  warn({ state, out }: Context, ts: number): void {
    const { fullness } = this.#journal;
    if (fullness < (warnings[this.#told] ?? Infinity)) return;
    while (fullness >= (warnings[this.#told] ?? Infinity)) this.#told++;
    const to = present(state, "exchange").map(({ userId }) => userId);
    const percent = Math.floor(Math.min(1, fullness) * 100);
    const text =
      fullness < 1
        ? `The record of this room is ${percent} % full. When it is full, no more orders are taken: close the session and go on in a new room.`
        : spentText;
    out.toRole("exchange", { type: "news", text, to, ts, seq: state.seq });
  }
}

function unchangedBucket(share: number, now: number): TokenBucket {
  const burst = limits.unchangedBytesAtOnce * share;
  const perSec = limits.unchangedBytesPerSec * share;
  return new TokenBucket({ perSec, burst, atFirst: burst * atFirst }, now);
}
