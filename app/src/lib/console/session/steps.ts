/** The run of a session as one line of steps, and which of them a host would take next. */

import type { Instrument, SessionState } from "#protocol";

export const stepIds = ["prepare", "open", "pause", "news", "settle", "close"] as const;
export type StepId = (typeof stepIds)[number];

/** How far a session has come. */
export interface SessionProgress {
  state: SessionState;
  instruments: readonly Pick<Instrument, "settled">[];
  /** Traders who have joined. */
  traders: number;
  /** The session is paused because its end has come. */
  timeUp: boolean;
}

/** The next sensible step; null while people are still to come, and once the session is closed. */
export function nextStep(progress: SessionProgress): StepId | null {
  const { state, instruments, traders, timeUp } = progress;
  if (state === "closed") return null;
  if (instruments.length === 0) return "prepare";
  if (instruments.every((one) => one.settled)) return "close";
  if (state === "paused") return timeUp ? "settle" : "open";
  // While people trade, news make the market move; no step leads to a pause, whose time the host chooses.
  return traders > 0 ? "news" : null;
}

/** Whether a step can be taken now. */
export function canTake(step: StepId, { state, instruments }: SessionProgress): boolean {
  if (state === "closed") return false;
  if (step === "open") return state === "paused";
  if (step === "pause") return state === "open";
  return step !== "settle" || instruments.some((one) => !one.settled);
}
