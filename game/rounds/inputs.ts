/** Applies the room's own inputs to its round: the end of a step's time, and nobody or somebody being there. */

import type { Context } from "../context.ts";
import type { BackInput, RestInput, StepInput } from "../journal/entry.ts";
import { assureTime, keepTime } from "./clock.ts";
import { countTime, skipTime } from "./scoring/meter.ts";
import { isRunning } from "./state.ts";
import { goOn, tellRound } from "./stepping.ts";
import type { Stamp } from "./views.ts";

export function applyToRound(
  ctx: Context,
  input: StepInput | RestInput | BackInput,
  stamp: Stamp,
): void {
  const { round, session } = ctx.state;
  if (!isRunning(round)) throw new Error(`${input.op} without a running round`);
  if (input.op === "$step") goOn(ctx, round, stamp);
  else {
    // Nobody knows how long they were there; a clock ran on, and has an end.
    if (input.op === "$rest" && input.wasAway && round.clock.endsAt === null)
      skipTime(round, stamp.ts);
    else countTime(ctx, stamp.ts);
    round.clock.isIdle = input.op === "$rest";
    keepTime(round, session === "open", stamp.ts);
    if (input.op === "$rest" && input.wasAway) assureTime(round);
  }
  tellRound(ctx, round, { ts: stamp.ts, seq: ctx.state.seq });
}
