/**
 * Times of unrequested messages: books at most every 50 ms an instrument (at once after a pause), positions and P&L at
 * once after own fills and at most every 200 ms when marks move, the leaderboard at most once a second.
 * Only remembers what is due; knows no timers.
 */

import { limits } from "#protocol";
import { emptyPosition, type Units } from "../engine-port.ts";
import type { Changes, Context } from "../context.ts";
import { endowedWith } from "../rounds/endowments.ts";
import { isDealt, isRunning } from "../rounds/state.ts";
import { isDutyOn, obligationView } from "../rounds/rules/obligations.ts";
import { fairView, roundView } from "../rounds/views.ts";
import { everybodysPositions, holdingsOf, leaderboard, ownPnl, ownPositions } from "./holdings.ts";

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
  #isRoundDirty = false;
  #isDutyOn = false;
  readonly #dutyPace = new Pace(limits.obligationIntervalMs);
  readonly #roundPace = new Pace(limits.roundIntervalMs);
  /** Seats to be told what the round is worth by their hands. */
  readonly #unvalued = new Set<number>();

  bookChanged(inst: number): void {
    if (!this.#dirtyBooks.has(inst)) this.#dirtyBooks.set(inst, null);
    this.#dirtyMarks.add(inst);
  }

  renamed(): void {
    this.#isLeaderboardDirty = true;
  }

  roundChanged(): void {
    this.#isRoundDirty = true;
  }

  fairChanged(userIds: readonly number[]): void {
    for (const userId of userIds) this.#unvalued.add(userId);
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
    this.#flushRound(ctx, now);
    this.#flushDuties(ctx, now);
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
    if (this.#isRoundDirty) due = Math.min(due, this.#roundPace.dueMs);
    if (this.#unvalued.size > 0) due = 0;
    if (this.#isDutyOn) due = Math.min(due, this.#dutyPace.dueMs);
    return due === Infinity ? null : Math.max(due, 0);
  }

  /** Tells the seats by the second how far they meet their duty to quote, and once more when the trading stands. */
  #flushDuties(ctx: Context, now: number): void {
    const { round } = ctx.state;
    const wasOn = this.#isDutyOn;
    const isOn = isDutyOn(ctx);
    if (round === null || (!isOn && !wasOn) || !this.#dutyPace.isDue(now)) return;
    this.#isDutyOn = isOn;
    this.#dutyPace.sent();
    for (const userId of round.seats) {
      const owed = obligationView(ctx, round, userId, now);
      if (owed !== null) ctx.out.toUser(userId, owed);
    }
  }

  /** Tells of the round, and one seat of its values: to count them takes some milliseconds. */
  #flushRound(ctx: Context, now: number): void {
    const { round } = ctx.state;
    if (this.#isRoundDirty && this.#roundPace.isDue(now)) {
      this.#isRoundDirty = false;
      this.#roundPace.sent();
      if (round !== null) ctx.out.toAll(roundView(ctx, round, { ts: now, seq: ctx.state.seq }));
    }
    const [userId] = this.#unvalued;
    if (userId === undefined) return;
    this.#unvalued.delete(userId);
    const seat = round?.seats.indexOf(userId) ?? -1;
    if (!isRunning(round) || seat < 0 || !isDealt(round)) return;
    const fair = fairView(round, seat);
    if (fair !== null) ctx.out.toUser(userId, fair);
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
      if (ctx.state.instruments[inst - 1]?.retired === false) ctx.out.book(inst);
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

/** Whether the user has contracts in one of these: traded ones, or dealt ones, of which the engine knows nothing. */
function holdsAny({ engine, state }: Context, userId: number, insts: number[]): boolean {
  return insts.some((inst) => {
    const { qty } = engine.position(userId, inst, position);
    return qty + endowedWith(state, userId, inst, "own") !== 0;
  });
}

function sendHoldings(ctx: Context, userId: number): void {
  const user = ctx.state.users.get(userId);
  if (user === undefined || user.connections === 0) return;
  const held = holdingsOf(ctx, userId, "own");
  ctx.out.toUser(userId, ownPositions(ctx, userId, held));
  ctx.out.toUser(userId, ownPnl(ctx, userId, held));
}
