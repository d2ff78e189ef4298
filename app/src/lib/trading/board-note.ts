/** A line below a leaderboard that counts less than the own P&L does. */

import type { Message } from "#protocol";
import { isEndowed } from "./rights.ts";

const tradesAlone =
  "Trades alone: dealt cards and antes are secret, and count from the settlement.";

/** The line while dealt cards and antes are secret; null: the leaderboard counts all. */
export function boardNote(
  round: Pick<Message<"round">, "rules" | "state" | "step"> | null,
): string | null {
  if (round === null || !isEndowed(round)) return null;
  const isSecret = round.step.kind !== "settle" && round.step.kind !== "review";
  const isOn = round.state === "running" || round.state === "paused";
  return isOn && isSecret ? tradesAlone : null;
}
