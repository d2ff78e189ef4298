/** The final values of a round, its scores in the standings, and the message that tells them; again after a correction. */

import { saidOfRound } from "../../bots/words.ts";
import type { Context } from "../../context.ts";
import { fromUnits } from "../../units/decimals.ts";
import { recordRound } from "./recording.ts";
import { addUp, scoresOf } from "./scores.ts";
import { isSettled, type RoundState } from "../state.ts";
import { resultView, type Stamp } from "../views.ts";

/** Notes the final values of instruments that were just settled or corrected, as far as they are the round's. */
export function noteFinals({ state, engine }: Context, insts: Iterable<number>): void {
  const { round } = state;
  if (round === null) return;
  for (const inst of insts) {
    const place = round.insts.indexOf(inst);
    const units = engine.settlementUnits(inst);
    if (place < 0 || units === null) continue;
    for (let at = round.finals.length; at < place; at++) round.finals[at] = null;
    round.finals[place] = fromUnits(Number(units), engine.decimals(inst));
  }
}

/** Adds the scores to the standings, and tells the result to everybody. */
export function tellResult(ctx: Context, round: RoundState, stamp: Stamp): void {
  round.standingsBefore = ctx.state.standings;
  addToStandings(ctx, round);
  ctx.out.toAll(resultView(round, ctx.state.standings, stamp));
  recordRound(ctx, round, stamp.ts);
  const said = saidOfRound(ctx, round);
  if (said !== null) ctx.out.toAll(said);
}

/** Tells the result anew if the instrument is one of a settled round: its final value was corrected. */
export function tellCorrected(ctx: Context, inst: number, stamp: Stamp): void {
  const { round } = ctx.state;
  if (round === null || round.progress === "aborted" || !isSettled(round)) return;
  if (!round.insts.includes(inst)) return;
  addToStandings(ctx, round);
  ctx.out.toAll({ ...resultView(round, ctx.state.standings, stamp), corrected: true });
  recordRound(ctx, round, stamp.ts);
  for (const { userId, role } of ctx.state.users.values())
    if (role === "trader") ctx.feed.filled(userId);
}

function addToStandings({ state }: Context, round: RoundState): void {
  if (!round.isKnownDeal) state.standings = addUp(round.standingsBefore, scoresOf(round));
}
