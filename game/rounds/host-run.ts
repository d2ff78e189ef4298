/** Rounds whose instruments the host lists and settles by hand: those listed while the round runs are the round's. */

import type { Context } from "../context.ts";
import { reject, type Rejection } from "../rejection.ts";
import type { RoomInstrument, RoomState } from "../state.ts";
import { isRunning, isSettled, openRound, stepOf, type RoundState } from "./state.ts";

/** The running round to which the host adds instruments; null: there is none. */
export function hostRun({ round }: Readonly<RoomState>): RoundState | null {
  if (!isRunning(round) || isSettled(round)) return null;
  return openRound(round).plan.isHostRun === true ? round : null;
}

/** Whether an instrument that is listed now waits for the trading to begin. */
export function isListedHalted(state: Readonly<RoomState>): boolean {
  const round = hostRun(state);
  return round !== null && stepOf(round).kind !== "trade";
}

/** Makes an instrument that the host has listed one of the round's. */
export function takeIn(ctx: Context, instrument: RoomInstrument): void {
  const round = hostRun(ctx.state);
  if (round === null) return;
  instrument.round = round.round;
  round.insts.push(instrument.inst);
  ctx.feed.roundChanged();
}

/** Refusal to go on to the settlement while something that was traded has no final value. */
export function unsettledRefusal({ state }: Context): Rejection | null {
  const round = hostRun(state);
  if (round === null || openRound(round).dealt.script[round.step + 1]?.kind !== "settle")
    return null;
  const open = round.insts
    .map((inst) => state.instruments[inst - 1])
    .filter((one) => one !== undefined && !one.settled && one.traded.trades > 0);
  if (open.length === 0) return null;
  const symbols = open.map((one) => one?.symbol).join(", ");
  return reject("RULE", `Settle ${symbols} first: the result needs every final value (settle).`);
}
