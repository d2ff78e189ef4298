/**
 * When what is sent that nobody asked for: books at most every 50 ms an instrument (the first change at once),
 * positions and P&L after own fills at once and on moving marks at most every 200 ms, the leaderboard at most once a second.
 * Only remembers what is due; knows no timers.
 */

import { limits } from "#protocol";
import { doubleMark } from "./money.ts";
import type { Changes, Context } from "./context.ts";
import { everybodysPositions, leaderboard, ownPnl, ownPositions } from "./views.ts";

export class Feed implements Changes {
  /** When the changed book of an instrument is due; null: since this turn. */
  readonly #dirtyBooks = new Map<number, number | null>();
  readonly #bookSentAt = new Map<number, number>();
  readonly #filled = new Set<number>();
  readonly #dirtyMarks = new Set<number>();
  readonly #marks = new Map<number, number | null>();
  #marksSentAt = -Infinity;
  #standingsDirty = false;
  #standingsSentAt = -Infinity;

  bookChanged(inst: number): void {
    if (!this.#dirtyBooks.has(inst)) this.#dirtyBooks.set(inst, null);
    this.#dirtyMarks.add(inst);
  }

  filled(userId: number): void {
    this.#filled.add(userId);
    this.#standingsDirty = true;
  }

  /** Sends what is due at `now`. Called at the end of every turn and when `nextDueMs` has come. */
  flush(ctx: Context, now: number): void {
    this.#flushBooks(ctx, now);
    this.#flushMarks(ctx, now);
    for (const userId of this.#filled) sendHoldings(ctx, userId);
    this.#filled.clear();
    if (this.#standingsDirty && now - this.#standingsSentAt >= limits.leaderboardIntervalMs) {
      this.#standingsDirty = false;
      this.#standingsSentAt = now;
      ctx.out.toAll(leaderboard(ctx));
      ctx.out.toRole("exchange", everybodysPositions(ctx));
    }
  }

  /** Unix milliseconds of the earliest thing that waits, or null. */
  nextDueMs(): number | null {
    let due = Infinity;
    for (const bookDue of this.#dirtyBooks.values()) due = Math.min(due, bookDue ?? 0);
    if (this.#dirtyMarks.size > 0) due = Math.min(due, this.#marksSentAt + limits.marksIntervalMs);
    if (this.#standingsDirty)
      due = Math.min(due, this.#standingsSentAt + limits.leaderboardIntervalMs);
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
      this.#bookSentAt.set(inst, now);
      ctx.out.book(inst);
    }
  }

  /**
   * When a book that changed at `now` goes out: at once after a pause, else on the next beat that all instruments share,
   * so that a busy room sends one frame for all of them, but never later than the interval after the change.
   */
  #bookDue(inst: number, now: number): number {
    const interval = limits.mdIntervalMs;
    const earliest = (this.#bookSentAt.get(inst) ?? -Infinity) + interval;
    if (earliest <= now) return now;
    const beat = Math.ceil(earliest / interval) * interval;
    return Math.min(beat, now + interval);
  }

  #flushMarks(ctx: Context, now: number): void {
    if (this.#dirtyMarks.size === 0 || now - this.#marksSentAt < limits.marksIntervalMs) return;
    const moved: number[] = [];
    for (const inst of this.#dirtyMarks) {
      const instrument = ctx.state.instruments[inst - 1];
      if (instrument === undefined) continue;
      const mark = doubleMark(ctx.engine, instrument);
      if (this.#marks.get(inst) !== mark) moved.push(inst);
      this.#marks.set(inst, mark);
    }
    this.#dirtyMarks.clear();
    if (moved.length === 0) return;
    this.#marksSentAt = now;
    this.#standingsDirty = true;
    for (const user of ctx.state.users.values())
      if (user.role === "trader" && user.connections > 0 && holdsAny(ctx, user.userId, moved))
        this.#filled.add(user.userId);
  }
}

const position = { qty: 0, vwapUnits: 0, cashUnits: 0, openBuyQty: 0, openSellQty: 0 };

function holdsAny(ctx: Context, userId: number, insts: number[]): boolean {
  return insts.some((inst) => ctx.engine.position(userId, inst, position).qty !== 0);
}

function sendHoldings(ctx: Context, userId: number): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined || user.connections === 0) return;
  ctx.out.toUser(userId, ownPositions(ctx, userId));
  ctx.out.toUser(userId, ownPnl(ctx, userId));
}
