/** The steps of a session, and the one that a host is likely to take next. */

import type { Instrument, SessionState } from "#protocol";

export const stepIds = ["prepare", "open", "pause", "news", "settle", "close"] as const;
export type StepId = (typeof stepIds)[number];

/** The facts about a session that decide which step comes next. */
export interface SessionProgress {
  state: SessionState;
  instruments: readonly Pick<Instrument, "settled">[];
  /** Traders who have joined. */
  traders: number;
  /** The session has paused at its end. */
  timeUp: boolean;
}

/** The recommended next step; null while traders are still to join, and once the session is closed. */
export function nextStep(progress: SessionProgress): StepId | null {
  const { state, instruments, traders, timeUp } = progress;
  if (state === "closed") return null;
  if (instruments.length === 0) return "prepare";
  if (instruments.every((one) => one.settled)) return "close";
  if (state === "lobby") return "open";
  if (state === "paused") return timeUp ? "settle" : "open";
  // While people trade, news moves the market. A pause is not recommended: the host chooses its time.
  return traders > 0 ? "news" : null;
}

/** Whether a step can be taken now. */
export function canTake(step: StepId, { state, instruments }: SessionProgress): boolean {
  if (state === "closed") return false;
  if (step === "open") return state === "paused" || state === "lobby";
  if (step === "pause") return state === "open";
  return step !== "settle" || instruments.some((one) => !one.settled);
}
