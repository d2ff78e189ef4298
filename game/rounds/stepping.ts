/**
 * The course of a round: what happens when a step begins, when the round ends, and when it is aborted. Every change of it
 * comes from an input of the journal.
 */

import type { Context } from "../context.ts";
import { Reject } from "../engine-port.ts";
import { settleAt } from "../host/settling.ts";
import { tellCancelled } from "../trading/fills.ts";
import { isLast, keepTime, windUp } from "./clock.ts";
import { tradeForTheRest } from "./contest.ts";
import { quoteHouse } from "./house.ts";
import { payoffsOf } from "./listing.ts";
import { countTime } from "./scoring/meter.ts";
import { recordRound } from "./scoring/recording.ts";
import { tellResult } from "./scoring/result.ts";
import { retire } from "./retiring.ts";
import { isSettled, openRound, stepOf, type RoundState } from "./state.ts";
import { fairView, handView, resultView, roundView, type Stamp } from "./views.ts";

/** Ends the present step, and the round with its last one. */
export function goOn(ctx: Context, round: RoundState, { ts }: Stamp): void {
  countTime(ctx, ts);
  if (stepOf(round).kind === "trade") tradeForTheRest(ctx, round, { ts });
  const stamp = { ts, seq: ctx.state.seq };
  if (isLast(round)) {
    finish(ctx, round, stamp);
    return;
  }
  round.step++;
  enter(ctx, round, stamp);
}

/** Begins the present step. */
export function enter(ctx: Context, round: RoundState, stamp: Stamp): void {
  const step = stepOf(round);
  windUp(round);
  keepTime(round, ctx.state.session === "open", stamp.ts);
  openMarkets(ctx, round, step.kind === "trade", stamp);
  if (step.kind === "trade") quoteHouse(ctx, round, stamp.ts);
  if (step.kind === "deal" || step.kind === "ask" || step.kind === "contest")
    tellHands(ctx, round, stamp);
  if (step.kind === "settle") settle(ctx, round, stamp);
  if (step.reveals > 0 && step.kind === "reveal") tellFair(ctx, round);
}

/** Opens the round's instruments, or halts them. Orders stay, and can be cancelled. */
function openMarkets(ctx: Context, round: RoundState, isOpen: boolean, stamp: Stamp): void {
  for (const inst of round.insts) {
    const instrument = ctx.state.instruments[inst - 1];
    if (instrument === undefined || instrument.settled || instrument.halted === !isOpen) continue;
    if (ctx.engine.halt(inst, !isOpen) !== Reject.ok) continue;
    instrument.halted = !isOpen;
    ctx.out.toAll({ type: "halt", inst, on: !isOpen, halted: !isOpen, ...stamp });
  }
}

function tellHands(ctx: Context, round: RoundState, stamp: Stamp): void {
  for (const [seat, userId] of round.seats.entries())
    ctx.out.toUser(userId, handView(round, seat, stamp));
  if (openRound(round).dealt.endowments !== undefined) tellHoldings(ctx, round);
  if (round.isLearning) ctx.feed.fairChanged(round.seats);
}

/** Notes that the seats' holdings have changed without a trade. */
function tellHoldings(ctx: Context, round: RoundState): void {
  for (const userId of round.seats) ctx.feed.filled(userId);
}

/** Tells what the round is worth to who knows the table, and soon to each seat what it is worth by its hand. */
export function tellFair(ctx: Context, round: RoundState): void {
  if (!round.isLearning) return;
  const fair = fairView(round, "none");
  if (fair === null) return;
  ctx.out.toAll(fair);
  ctx.feed.fairChanged(round.seats);
}

/** Settles the scalars that the step is about, and after the last one tells the result. */
function settle(ctx: Context, round: RoundState, stamp: Stamp): void {
  const { dealt, listings } = openRound(round);
  const { question } = stepOf(round);
  const asksMany = dealt.script.some((step) => step.question > 0);
  // A host who lists the instruments has settled them, too.
  const payoffs = payoffsOf(dealt, listings, round.answers);
  for (const [place, { type, scalar }] of listings.entries()) {
    if (type !== "SCALAR" || (asksMany && scalar !== question)) continue;
    const settling = { ...stamp, connection: -1, how: "settled", reply() {} } as const;
    const refused = settleAt(ctx, settling, round.insts[place] as number, payoffs[place] as number);
    if (refused !== null) throw new Error(`round ${round.round}: ${refused.message}`);
  }
  if (!isSettled(round)) return;
  const { scoring, min_trades } = ctx.state.settings;
  round.scoredBy = { scoring, min_trades };
  if (dealt.endowments !== undefined) tellHoldings(ctx, round);
  tellResult(ctx, round, stamp);
}

/** Ends a round before its settlement: its trades count for nothing. */
export function abort(ctx: Context, round: RoundState, stamp: Stamp): void {
  round.progress = "aborted";
  keepTime(round, false, stamp.ts);
  for (const inst of round.insts) {
    const instrument = ctx.state.instruments[inst - 1];
    if (instrument === undefined) continue;
    if (ctx.engine.pullQuotes(inst) === Reject.ok) tellCancelled(ctx, stamp.ts, "quotes_pulled");
    instrument.isVoid = true;
  }
  openMarkets(ctx, round, false, stamp);
  ctx.out.toAll(resultView(round, ctx.state.standings, stamp));
  recordRound(ctx, round, stamp.ts);
  retire(ctx, round.insts, stamp.ts);
  for (const user of ctx.state.users.values())
    if (user.role === "trader") ctx.feed.filled(user.userId);
}

/** Ends a running round with the session: as it is if it is settled, else void. */
export function end(ctx: Context, round: RoundState, stamp: Stamp): void {
  if (openRound(round).plan.isHostRun === true) settleAsItIs(ctx, round, stamp);
  if (isSettled(round)) finish(ctx, round, stamp);
  else abort(ctx, round, stamp);
}

function finish(ctx: Context, round: RoundState, { ts }: Stamp): void {
  round.progress = "done";
  keepTime(round, false, ts);
  recordRound(ctx, round, ts);
}

/** Ends a round of the host's at the values that there are. */
function settleAsItIs(ctx: Context, round: RoundState, stamp: Stamp): void {
  if (isSettled(round)) return;
  round.step = openRound(round).dealt.script.findLastIndex(({ kind }) => kind === "settle");
  settle(ctx, round, stamp);
}

/** Tells everybody where the round stands. */
export function tellRound(ctx: Context, round: RoundState, stamp: Stamp): void {
  ctx.out.toAll(roundView(ctx, round, stamp));
}
