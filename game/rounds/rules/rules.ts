/** Rules of a round on requests: who may trade in it, and what is the round's business and not the host's. */

import type { Request, WriteOp } from "#protocol";
import { reject, type Rejection } from "../../rejection.ts";
import type { RoomState, RoomUser } from "../../state.ts";
import { hostRun, isListedHalted } from "../host-run.ts";
import { isRunning, isSettled, openRound } from "../state.ts";

/** Whether a running round leads the instrument: opens it, halts it and settles it. */
export function isLed(state: Readonly<RoomState>, inst: number): boolean {
  const { round } = state;
  return isRunning(round) && round.insts.includes(inst) && hostRun(state) === null;
}

/** Refusal of an order in a round by somebody who does not play in it. */
export function seatRefusal(
  state: Readonly<RoomState>,
  { userId }: Readonly<RoomUser>,
  inst: number,
): Rejection | null {
  const { round } = state;
  if (!isLed(state, inst) || round === null || round.seats.includes(userId)) return null;
  return openRound(round).plan.isOpenToAll === true ? null : reject("NOT_SEATED");
}

const ledText = "The round leads this instrument: go on, pause or abort it with the round.";
const potText =
  "The pot was paid by what the cards are worth: a value of this game cannot be corrected.";

/** Refusal of a host's command on an instrument of a round, but for taking its orders out. */
export function ledRefusal(
  state: Readonly<RoomState>,
  { role }: Readonly<RoomUser>,
  request: Request<WriteOp>,
): Rejection | null {
  const { round, instruments } = state;
  const inst = instrumentIn(request);
  if (role !== "exchange" || inst === undefined || request.op === "pull_quotes") return null;
  if (instruments[inst - 1]?.retired === true) return reject("NO_SUCH_INSTRUMENT");
  if (round?.insts.includes(inst) !== true) return null;
  if (hostRun(state) !== null)
    return request.op === "halt" && !request.on && isListedHalted(state)
      ? reject("RULE", "Trading begins with the round's trading step: go on to it (halt).")
      : null;
  // A final value can be wrong even when the round has settled at it, but not one that follows from the deal with a pot:
  // the dealt contracts would be paid anew, and the pot would not.
  if (request.op !== "resettle" || !isSettled(round)) return reject("RULE", ledText);
  return openRound(round).dealt.pot === undefined ? null : reject("RULE", potText);
}

/** Refusal of an option on an instrument that the round leads: its settlement is not the host's to tell. */
export function optionRefusal(
  state: Readonly<RoomState>,
  { reference_id: underlying }: Request<"add_instrument">,
): Rejection | null {
  return underlying !== undefined && isLed(state, underlying) ? reject("RULE", ledText) : null;
}

function instrumentIn(request: Request<WriteOp>): number | undefined {
  if ("inst" in request) return request.inst;
  return "instrument_id" in request ? request.instrument_id : undefined;
}
