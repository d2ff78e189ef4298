/** Words of several rooms of the terminal. */

import type { Side } from "#protocol";
import { formatMoney, formatPrice } from "#lib/format.ts";
import type { Extreme } from "#lib/trading/settlement.ts";

/** @param tick of the underlying */
export function sayExtreme({ money, at }: Extreme, tick: number): [money: string, at: string] {
  const where = Number.isFinite(at)
    ? formatPrice(at, tick)
    : at > 0
      ? shared.veryHigh
      : shared.veryLow;
  return [Number.isFinite(money) ? formatMoney(money) : shared.openEnded, where];
}

export const sideWord = (side: Side) => (side === "buy" ? "Buy" : "Sell");
export const sideLower = (side: Side) => (side === "buy" ? "buy" : "sell");
export const sideLetter = (side: Side) => (side === "buy" ? "B" : "S");
/** The name of an order on this side. */
export const orderName = (side: Side) => (side === "buy" ? "bid" : "offer");

export const shared = {
  noInstrument: "The host has not added an instrument yet.",
  halted: "Halted",
  settled: "Settled",
  ladderOptions: "Ladder options",
  flat: "Flat",
  place: (side: Side, qty: string, symbol: string, price: string) =>
    `Click: ${sideLower(side)} ${qty} ${symbol} at ${price}`,
  beyond: (side: Side, worth: string) =>
    side === "buy" ? ` (settles at ${worth} at most)` : ` (settles at ${worth} at least)`,
  locked: "Locked: a click fills the ticket. Arm (L) to trade with one click.",
  openLadder: (symbol: string) => `Click: open the ladder of ${symbol}`,
  openLadderOf: (symbol: string) => `Open the ladder of ${symbol}`,
  openEnded: "without limit",
  veryHigh: "a very high value",
  veryLow: "a very low value",
  price: "Price",
  qty: "Quantity",
  amend: "Change",
  status: {
    open: "Working",
    partial: "Part filled",
    filled: "Filled",
    cancelled: "Cancelled",
    sent: "Sent",
    unacknowledged: "Not known, checking",
    unsent: "This order was not sent: the connection had dropped.",
    moving: "Changing",
  },
  realized: "Realised",
  unrealized: "Open",
} as const;
