/**
 * Times of unrequested messages: books at most every 50 ms an instrument (at once after a pause), positions and P&L at
 * once after own fills and at most every 200 ms when marks move, the leaderboard at most once a second.
 * Only remembers what is due; knows no timers.
 */

import { limits } from "#protocol";
import { emptyPosition, type Units } from "../engine-port.ts";
import type { Changes, Context } from "../context.ts";
import { everybodysPositions, holdingsOf, leaderboard, ownPnl, ownPositions } from "./messages.ts";

/** All unrequested messages leave on beats of this length, so a busy room sends everybody one frame for all of them. */
const beatMs = limits.mdIntervalMs;

function nextBeat(ms: number): number {
  return Math.ceil(ms / beatMs) * beatMs;
}

/**
 * Time at which something counts as sent: when it was due, if its timer was only a little late. Else beats would
 * drift.
 */
function nominal(due: number, now: number): number {
  return now - due < beatMs ? due : now;
}

/** Limits a message to one an interval: at once after a pause and on the beat otherwise. */
class Pace {
  readonly #intervalMs: number;
  /** Earliest time at which it may be sent. */
  dueMs = -Infinity;
  #isAwaited = false;
  /** Time at which it counts as sent if it is sent now. */
  #nominalMs = 0;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** Asked when there is something to send. */
  isDue(now: number): boolean {
    const isDue = this.dueMs <= now;
    if (isDue) this.#nominalMs = this.#isAwaited ? nominal(this.dueMs, now) : now;
    this.#isAwaited = !isDue;
    return isDue;
  }

  sent(): void {
    this.dueMs = nextBeat(this.#nominalMs + this.#intervalMs);
  }
}

export class Feed implements Changes {
  /** When the changed book of an instrument is due; null: since this turn. */
  readonly #dirtyBooks = new Map<number, number | null>();
  readonly #bookSentAt = new Map<number, number>();
  /** When any of them was sent last. */
  #lastBookMs = -Infinity;
  readonly #filled = new Set<number>();
  readonly #dirtyMarks = new Set<number>();
  readonly #marks = new Map<number, Units | null>();
  readonly #marksPace = new Pace(limits.marksIntervalMs);
  #isLeaderboardDirty = false;
  readonly #leaderboardPace = new Pace(limits.leaderboardIntervalMs);

  bookChanged(inst: number): void {
    if (!this.#dirtyBooks.has(inst)) this.#dirtyBooks.set(inst, null);
    this.#dirtyMarks.add(inst);
  }

  renamed(): void {
    this.#isLeaderboardDirty = true;
  }

  filled(userId: number): void {
    this.#filled.add(userId);
    this.#isLeaderboardDirty = true;
  }

  /**
   * Sends everything due at `now`. Called at the end of every turn and when `nextDueMs` has come. While the outbox is
   * behind nothing is added to it: changes go in their later state.
   */
  flush(ctx: Context, now: number): void {
    if (ctx.out.isBehind()) return;
    this.#flushBooks(ctx, now);
    this.#flushMarks(ctx, now);
    for (const userId of this.#filled) sendHoldings(ctx, userId);
    this.#filled.clear();
    if (this.#isLeaderboardDirty && this.#leaderboardPace.isDue(now)) {
      this.#isLeaderboardDirty = false;
      this.#leaderboardPace.sent();
      ctx.out.toAll(leaderboard(ctx));
      ctx.out.toRole("exchange", everybodysPositions(ctx));
    }
  }

  /** Unix milliseconds at which the next message is due, or null. */
  nextDueMs(): number | null {
    let due = Infinity;
    for (const bookDue of this.#dirtyBooks.values()) due = Math.min(due, bookDue ?? 0);
    if (this.#dirtyMarks.size > 0) due = Math.min(due, this.#marksPace.dueMs);
    if (this.#isLeaderboardDirty) due = Math.min(due, this.#leaderboardPace.dueMs);
    return due === Infinity ? null : Math.max(due, 0);
  }

  #flushBooks(ctx: Context, now: number): void {
    for (const [inst, known] of this.#dirtyBooks) {
      const due = known ?? this.#bookDue(inst, now);
      if (due > now) {
        this.#dirtyBooks.set(inst, due);
        continue;
      }
      this.#dirtyBooks.delete(inst);
      this.#lastBookMs = nominal(due, now);
      this.#bookSentAt.set(inst, this.#lastBookMs);
      ctx.out.book(inst);
    }
  }

  /**
   * When a book that changed at `now` is due: at once if no book was sent lately, else on the next common beat, so
   * that a busy room sends one frame for all of them, but never later than the interval after the change.
   */
  #bookDue(inst: number, now: number): number {
    const earliest = (this.#bookSentAt.get(inst) ?? -Infinity) + beatMs;
    const isQuiet = this.#lastBookMs + beatMs <= now;
    return isQuiet ? now : Math.min(nextBeat(Math.max(earliest, now)), now + beatMs);
  }

  #flushMarks(ctx: Context, now: number): void {
    if (this.#dirtyMarks.size === 0 || !this.#marksPace.isDue(now)) return;
    const moved: number[] = [];
    for (const inst of this.#dirtyMarks) {
      const instrument = ctx.state.instruments[inst - 1];
      if (instrument === undefined) continue;
      const mark = ctx.marks.double(instrument);
      if (this.#marks.get(inst) !== mark) moved.push(inst);
      this.#marks.set(inst, mark);
    }
    this.#dirtyMarks.clear();
    if (moved.length === 0) return;
    this.#marksPace.sent();
    this.#isLeaderboardDirty = true;
    for (const user of ctx.state.users.values())
      if (user.role === "trader" && user.connections > 0 && holdsAny(ctx, user.userId, moved))
        this.#filled.add(user.userId);
  }
}

const position = emptyPosition();

function holdsAny(ctx: Context, userId: number, insts: number[]): boolean {
  return insts.some((inst) => ctx.engine.position(userId, inst, position).qty !== 0);
}

function sendHoldings(ctx: Context, userId: number): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined || user.connections === 0) return;
  const held = holdingsOf(ctx, userId);
  ctx.out.toUser(userId, ownPositions(ctx, userId, held));
  ctx.out.toUser(userId, ownPnl(ctx, userId, held));
}
