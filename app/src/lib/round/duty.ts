/** Demands of a round on a trader beyond trading well, in words: its contest, and its rules on orders. Knows no screen. */

import type { Message } from "#protocol";
import { roundWords } from "./words.ts";

const words = roundWords.duty;

/** The task of a trader in a contest for the right to quote. @param hasTraded in the round's instrument */
export function dutyOf(
  { contest, step, seats }: Pick<Message<"round">, "contest" | "step" | "seats">,
  userId: number | null,
  hasTraded: boolean,
  nameOf: (userId: number) => string,
): string | null {
  if (contest === undefined) return null;
  const { best, user_id: winner } = contest;
  const isOwn = winner === userId;
  if (step.kind === "contest") {
    if (best === null || winner === null) return words.noBid;
    return isOwn ? words.ownBid(best) : words.bestBid(best, nameOf(winner));
  }
  if (step.kind !== "trade") return null;
  if (best === null || winner === null) return words.nobodyWon;
  if (isOwn) return words.quote(best, seats.length - 1);
  return hasTraded ? words.hasTraded : words.mustTrade(nameOf(winner));
}

/** News of a contest for everybody: who is ahead in it, and afterwards who makes the market; null: there is nothing to tell. */
export function contestNews(
  { contest, step }: Pick<Message<"round">, "contest" | "step">,
  nameOf: (userId: number) => string,
): string | null {
  const isOn = step.kind === "contest";
  if (contest === undefined || (!isOn && step.kind !== "trade")) return null;
  const { best, user_id: winner } = contest;
  if (best === null || winner === null) return isOn ? words.noBid : words.nobodyWon;
  return isOn ? words.bestBid(best, nameOf(winner)) : words.maker(best, nameOf(winner));
}

/** The rules on orders of a round, each in words. */
export function rulesOf(rules: Message<"round">["rules"]): string[] {
  const told: string[] = [];
  const { max_width: width, min_qty: qty, ante, quoting } = rules;
  if (rules["no_shorts"] === true) told.push(words.rules.noShorts);
  if (rules["cancel_all_on_trade"] === true) told.push(words.rules.cancelAll);
  if (typeof width === "number") told.push(words.rules.width(width));
  if (typeof qty === "number") told.push(words.rules.qty(qty));
  if (typeof ante === "number" && ante > 0) told.push(words.rules.ante(ante));
  const duty = (quoting ?? null) as Partial<Record<"max_width" | "min_qty", number>> | null;
  if (duty !== null)
    told.push(words.rules.quoting(shareOf(rules), duty.max_width ?? 0, duty.min_qty ?? 0));
  return told;
}

/** The share of the trading time for which a duty asks for quotes; 0: there is no duty. */
export function shareOf({ quoting }: Message<"round">["rules"]): number {
  const share = (quoting as { share?: unknown } | null | undefined)?.share;
  return typeof share === "number" ? share : 0;
}
