/** The run of a session as one line of steps, and which of them a host would take next. */

import type { Instrument, SessionState } from "#protocol";

export const stepIds = ["prepare", "open", "pause", "news", "settle", "close"] as const;
export type StepId = (typeof stepIds)[number];

export interface Situation {
  state: SessionState;
  instruments: readonly Pick<Instrument, "settled">[];
  /** The session pauses by itself at a time. */
  hasEnd: boolean;
  /** Paused because that time has come. */
  timeUp: boolean;
}

/** The next sensible step; null once the session is closed. */
export function nextStep({ state, instruments, hasEnd, timeUp }: Situation): StepId | null {
  if (state === "closed") return null;
  if (instruments.length === 0) return "prepare";
  if (instruments.every((one) => one.settled)) return "close";
  if (state === "paused") return timeUp ? "settle" : "open";
  // With an end the pause comes by itself, and there is time to make the market move.
  return hasEnd ? "news" : "pause";
}

/** Whether a step can be taken now. */
export function canTake(step: StepId, { state, instruments }: Situation): boolean {
  if (state === "closed") return false;
  if (step === "open") return state === "paused";
  if (step === "pause") return state === "open";
  return step !== "settle" || instruments.some((one) => !one.settled);
}
