/** Debts of seats by a duty to quote, at any moment: the time that they have quoted, and the rest of their share. */

import type { Message } from "#protocol";
import type { Context } from "../../context.ts";
import { isTrading, mainOf, quotedSeconds, tradedSeconds } from "../scoring/meter.ts";
import { changedQuotes } from "./quotes.ts";
import { isRunning, openRound, type RoundState } from "../state.ts";

/** Whether there is a duty to quote that runs now: its numbers change by the second. */
export function isDutyOn(ctx: Context): boolean {
  const { round } = ctx.state;
  return isRunning(round) && hasDuty(round) && isTrading(ctx, round);
}

export function hasDuty(round: RoundState): boolean {
  return openRound(round).plan.rules.quoting !== undefined;
}

/** The duty of a seat, with the time since the last input counted; null: there is none. */
export function obligationView(
  ctx: Context,
  round: RoundState,
  userId: number,
  now: number,
): Message<"obligation"> | null {
  const { quoting } = openRound(round).plan.rules;
  const inst = round.insts[mainOf(round)];
  if (quoting === undefined || inst === undefined || !round.seats.includes(userId)) return null;
  const { atMs, lines } = round.meter;
  const isOn = isRunning(round) && isTrading(ctx, round);
  const more = isOn ? Math.max(0, Math.min(now, round.clock.endsAt ?? now) - atMs) / 1_000 : 0;
  const known = lines.find((line) => line.userId === userId);
  const counts = changedQuotes(ctx, round, mainOf(round)).get(userId)?.counts ?? known?.counts;
  const all = tradedSeconds(round) + more;
  const quoted = quotedSeconds(round, userId) + (counts === true ? more : 0);
  const missing = Math.max(0, quoting.share * all - quoted);
  return {
    type: "obligation",
    round: round.round,
    inst,
    share: all === 0 ? 1 : Math.min(1, quoted / all),
    penalty: Math.round(quoting.penalty_per_s * missing * 1e6) / 1e6,
  };
}
