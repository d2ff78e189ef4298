/** Demands of a round on a trader beyond trading well, in words: its contest, and its rules on orders. Knows no screen. */

import type { Message, Side } from "#protocol";
import { formatPrice } from "#lib/format.ts";
import { roundWords } from "./words.ts";

const words = roundWords.duty;

/** Own trades in the instrument of a contest. */
export interface OwnTrades {
  readonly fills: readonly Pick<Message<"fill">, "side" | "price" | "qty" | "order_id">[];
  /** Whether an own quote stands in it. */
  readonly isQuoting: boolean;
  /** Whether the user has sent the order: the game trades for who has not by the end. */
  readonly isSent: (orderId: number) => boolean;
}

type Contest = NonNullable<Message<"round">["contest"]>;

/**
 * The task of a trader in a contest for the right to quote, and afterwards the reason of the position; null: there is
 * nothing to tell.
 */
export function dutyOf(
  { contest, step, seats }: Pick<Message<"round">, "contest" | "step" | "seats">,
  userId: number | null,
  own: OwnTrades,
  nameOf: (userId: number) => string,
): string | null {
  if (contest === undefined) return null;
  const { best, user_id: winner } = contest;
  const isOwn = winner === userId;
  const why = reasonOf(contest, userId, own, nameOf);
  if (step.kind === "contest") {
    if (best === null || winner === null) return words.noBid;
    return isOwn ? words.ownBid(best) : words.bestBid(best, nameOf(winner));
  }
  if (step.kind !== "trade") return why;
  if (best === null || winner === null) return words.nobodyWon;
  if (!isOwn) return why === null ? words.mustTrade(nameOf(winner)) : words.hasTraded(why);
  const others = seats.length - 1;
  const traded = own.fills.reduce((sum, { qty }) => sum + qty, 0);
  return own.isQuoting || traded > 0 ? words.stands(traded, others) : words.quote(best, others);
}

/** The reason of a position in words; null: there was no winner, or there is no trade. */
function reasonOf(
  { best, user_id: winner }: Contest,
  userId: number | null,
  { fills, isSent }: OwnTrades,
  nameOf: (userId: number) => string,
): string | null {
  const [first] = fills;
  if (best === null || winner === null || first === undefined) return null;
  if (winner === userId) {
    const sumOf = (side: Side) =>
      fills.reduce((sum, fill) => sum + (fill.side === side ? fill.qty : 0), 0);
    return words.gave(sumOf("buy"), sumOf("sell"), best);
  }
  const { side, price, order_id: orderId } = first;
  const told = [side, formatPrice(price, 1), nameOf(winner), best] as const;
  return isSent(orderId) ? words.took(...told) : words.tookByGame(...told);
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

/**
 * The rules on orders of a round, each in words.
 * @param isPaid whether antes are paid already: they are with the deal
 * @param isOwn whether they are told to somebody who plays
 */
export function rulesOf(rules: Message<"round">["rules"], isPaid = false, isOwn = false): string[] {
  const told: string[] = [];
  const { max_width: width, min_qty: qty, ante, quoting } = rules;
  if (rules["no_shorts"] === true) told.push(words.rules.noShorts);
  if (rules["cancel_all_on_trade"] === true) told.push(words.rules.cancelAll);
  if (typeof width === "number") told.push(words.rules.width(width));
  if (typeof qty === "number") told.push(words.rules.qty(qty));
  if (typeof ante === "number" && ante > 0) told.push(words.rules.ante(ante, isPaid, isOwn));
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
