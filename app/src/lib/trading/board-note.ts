/** A line below a leaderboard that counts less than the own P&L does. */

import type { Message } from "#protocol";

const tradesAlone =
  "Trades alone: dealt cards and antes are secret, and count from the settlement.";

/** The line while dealt cards and antes are secret; null: the leaderboard counts all. */
export function boardNote(
  round: Pick<Message<"round">, "rules" | "state" | "step"> | null,
): string | null {
  const ante = round?.rules["ante"];
  if (round === null || typeof ante !== "number" || ante === 0) return null;
  const isSecret = round.step.kind !== "settle" && round.step.kind !== "review";
  const isOn = round.state === "running" || round.state === "paused";
  return isOn && isSecret ? tradesAlone : null;
}
