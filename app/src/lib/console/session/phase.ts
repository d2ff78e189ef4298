/** Actions of the host on a session as it is: one main action in each phase, and others beside it. */

import type { Instrument, SessionState } from "#protocol";

export type ActionId = "add" | "open" | "pause" | "settle" | "close" | "again";

/** The facts about a session that decide which actions make sense. */
export interface SessionProgress {
  state: SessionState;
  instruments: readonly Pick<Instrument, "settled">[];
  /** The session has paused at its end. */
  timeUp: boolean;
  /** A round is under way: the game has the next action. */
  inRound: boolean;
  /** A game is chosen that can be started: then it has the next action as well. */
  hasGame: boolean;
}

export interface Actions {
  /** The action that a host is likely to take next; null: the game has it. */
  main: ActionId | null;
  /** Others that make sense now. */
  others: readonly ActionId[];
}

export function actionsOf(progress: SessionProgress): Actions {
  const { state, instruments, timeUp, inRound, hasGame } = progress;
  if (state === "closed") return { main: "again", others: [] };
  const run = state === "open" ? "pause" : "open";
  if (inRound) return { main: null, others: [run, "close"] };
  // A round opens the session by itself.
  if (hasGame) return { main: null, others: state === "lobby" ? ["close"] : [run, "close"] };
  if (instruments.length === 0) return { main: "add", others: [run, "close"] };
  if (state === "lobby") return { main: "open", others: ["close"] };
  // Another question may follow when the last one is settled. Closing cannot be undone, so it never stands where
  // another action has stood.
  if (instruments.every((one) => one.settled)) return { main: run, others: ["add", "close"] };
  if (state === "paused" && timeUp) return { main: "settle", others: ["open", "close"] };
  return { main: run, others: ["settle", "close"] };
}
