/** The clock of a round's steps. Time is an argument: Unix milliseconds. */

import { openRound, stepOf, type RoundState } from "./state.ts";

/** Time that a step has at least after the server was away. */
const leastMs = 10_000;

/** Begins the time of the present step. */
export function windUp(round: RoundState): void {
  const { seconds } = stepOf(round);
  round.clock.endsAt = null;
  round.clock.leftMs = round.isAuto && seconds !== null ? seconds * 1_000 : null;
}

/** Lets the clock run or stand, as it must. @param isTrading whether the session is open */
export function keepTime(round: RoundState, isTrading: boolean, now: number): void {
  const { clock } = round;
  const runs = round.progress === "running" && isTrading && !clock.isPaused && !clock.isIdle;
  if (runs && clock.leftMs !== null) {
    clock.endsAt = now + clock.leftMs;
    clock.leftMs = null;
  } else if (!runs && clock.endsAt !== null) {
    clock.leftMs = Math.max(0, clock.endsAt - now);
    clock.endsAt = null;
  }
}

/** Makes sure of some time, for a clock that stands. */
export function assureTime({ clock }: RoundState): void {
  if (clock.leftMs !== null) clock.leftMs = Math.max(leastMs, clock.leftMs);
}

/** Gives the present step more time. @returns whether it has a clock */
export function extend({ clock }: RoundState, byMs: number): boolean {
  if (clock.endsAt !== null) clock.endsAt += byMs;
  else if (clock.leftMs !== null) clock.leftMs += byMs;
  else return false;
  return true;
}

/** When the present step ends by itself; null: it does not. */
export function dueMs(round: RoundState | null): number | null {
  return round === null || round.progress !== "running" ? null : round.clock.endsAt;
}

/** Whether the present step is the last. */
export function isLast(round: RoundState): boolean {
  return round.step === openRound(round).dealt.script.length - 1;
}
