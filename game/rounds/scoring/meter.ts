/**
 * Measures what goes by time in the trading steps of a round: how long each user quoted both sides, how much of the user's
 * stood at the best prices, and how the P&L moved from second to second.
 *
 * Nothing changes between two inputs: an input first counts the time before it, with the state before it.
 */

import type { Context } from "../../context.ts";
import type { RoomInstrument } from "../../state.ts";
import { doubleMark } from "../../units/money.ts";
import { holdingOf } from "../../views/holdings.ts";
import { changedQuotes, type Quoted } from "../rules/quotes.ts";
import {
  isRunning,
  openRound,
  stepOf,
  type Meter,
  type MeterLine,
  type RoundState,
} from "../state.ts";

export function newMeter(atMs: number): Meter {
  return { atMs, tradedMs: 0, lines: [] };
}

/** The state before an input, to be counted once the input has turned out to change the room. */
export interface Reading {
  readonly round: RoundState;
  readonly fromMs: number;
  readonly atMs: number;
  /** Time of trading in between. */
  readonly ms: number;
  /** Quotes that were entered or left by the input before. */
  readonly quotes: Map<number, Quoted>;
  /** Whole seconds that have passed, and everybody's P&L at all of them. */
  readonly seconds: number;
  readonly pnls: readonly { userId: number; pnl: number }[];
}

/** Reads the state before an input; null: there is nothing to measure. */
export function reading(ctx: Context, now: number): Reading | null {
  const { round } = ctx.state;
  if (!isRunning(round)) return null;
  const { atMs: fromMs, tradedMs } = round.meter;
  const ms = isTrading(ctx, round) ? Math.min(now, round.clock.endsAt ?? now) - fromMs : 0;
  const read = { round, fromMs, atMs: now };
  if (ms <= 0) return { ...read, ms: 0, quotes: new Map(), seconds: 0, pnls: [] };
  const seconds = Math.floor((tradedMs + ms) / 1_000) - Math.floor(tradedMs / 1_000);
  return {
    ...{ ...read, ms, seconds },
    quotes: changedQuotes(ctx, round, mainOf(round)),
    pnls: seconds === 0 ? [] : pnlsIn(ctx, round),
  };
}

/** Counts the time of a reading, unless it was counted meanwhile. */
export function count(read: Reading | null): void {
  if (read === null || read.round.meter.atMs !== read.fromMs) return;
  const { meter } = read.round;
  // In an order of its own: that in which they were looked at is another one in a room that has woken.
  for (const userId of [...read.quotes.keys()].sort((a, b) => a - b))
    take(meter, userId, read.quotes.get(userId) as Quoted);
  read.quotes.clear();
  meter.tradedMs += read.ms;
  for (const { userId, pnl } of read.pnls) {
    const line = lineOf(meter, userId);
    line.sum += read.seconds * pnl;
    line.squares += read.seconds * pnl * pnl;
  }
  meter.atMs = read.atMs;
}

/** Counts the time up to now: before a change that ends a step, or stops its clock. */
export function countTime(ctx: Context, now: number): void {
  count(reading(ctx, now));
}

/** Lets time pass uncounted: nobody was there. */
export function skipTime({ meter }: RoundState, now: number): void {
  meter.atMs = now;
}

/** Whether the time counts now. */
export function isTrading({ state }: Context, round: RoundState): boolean {
  const { isPaused, isIdle } = round.clock;
  return state.session === "open" && !isPaused && !isIdle && stepOf(round).kind === "trade";
}

/** Closes the time of the user's last quote, and begins that of the next. */
function take(meter: Meter, userId: number, { lots, counts }: Quoted): void {
  const known = meter.lines.find((line) => line.userId === userId);
  // A room that has woken looks at everybody's quotes, and most are those that it knows.
  if ((known?.lots ?? 0) === lots && (known?.counts ?? false) === counts) return;
  const line = known ?? lineOf(meter, userId);
  line.quotedMs = quotedMs(meter, line);
  line.lotMs = lotMs(meter, line);
  Object.assign(line, { lots, counts, sinceMs: meter.tradedMs });
}

const quotedMs = ({ tradedMs }: Meter, { quotedMs: before, counts, sinceMs }: MeterLine) =>
  before + (counts ? tradedMs - sinceMs : 0);
const lotMs = ({ tradedMs }: Meter, { lotMs: before, lots, sinceMs }: MeterLine) =>
  before + lots * (tradedMs - sinceMs);

function lineOf(meter: Meter, userId: number): MeterLine {
  let line = meter.lines.find((one) => one.userId === userId);
  if (line === undefined) {
    const { tradedMs: sinceMs } = meter;
    line = { userId, counts: false, lots: 0, sinceMs, quotedMs: 0, lotMs: 0, sum: 0, squares: 0 };
    meter.lines.push(line);
  }
  return line;
}

/** Place of the instrument in which quoting is measured: the scalar that the present step is about, or the first. */
export function mainOf(round: RoundState): number {
  const { listings } = openRound(round);
  const { question } = stepOf(round);
  const place = listings.findIndex(({ type, scalar }) => type === "SCALAR" && scalar === question);
  return Math.max(0, place);
}

/** P&L of everybody who has traded in the round, at the marks. */
function pnlsIn(ctx: Context, round: RoundState): { userId: number; pnl: number }[] {
  const { engine, state } = ctx;
  const marked = round.insts
    .map((inst) => state.instruments[inst - 1] as RoomInstrument)
    .map((instrument) => ({ instrument, mark: doubleMark(engine, instrument, state.markLots) }));
  return round.accounts.map(({ userId }) => ({
    userId,
    pnl: marked.reduce(
      (sum, { instrument, mark }) => sum + holdingOf(ctx, userId, instrument, mark).pnl,
      0,
    ),
  }));
}

/** Seconds of the trading steps so far. */
export function tradedSeconds({ meter }: RoundState): number {
  return meter.tradedMs / 1_000;
}

/** Seconds of them in which the user quoted both sides. */
export function quotedSeconds({ meter }: RoundState, userId: number): number {
  const line = meter.lines.find((one) => one.userId === userId);
  return line === undefined ? 0 : quotedMs(meter, line) / 1_000;
}

/** Contracts of the user at the best prices, of the side with fewer, on the average over the trading time. */
export function meanLots({ meter }: RoundState, userId: number): number {
  const line = meter.lines.find((one) => one.userId === userId);
  return line === undefined || meter.tradedMs === 0 ? 0 : lotMs(meter, line) / meter.tradedMs;
}

/** Part of a square that rounding may leave of a variance which is none. */
const noise = 1e-12;

/** Standard deviation of the user's P&L over the whole seconds of the trading steps. */
export function sdOfPath({ meter }: RoundState, userId: number): number {
  const line = meter.lines.find((one) => one.userId === userId);
  const seconds = Math.floor(meter.tradedMs / 1_000);
  if (line === undefined || seconds === 0) return 0;
  const square = line.squares / seconds;
  const variance = square - (line.sum / seconds) ** 2;
  return variance > noise * square ? Math.sqrt(variance) : 0;
}
