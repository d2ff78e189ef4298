/** Words of several rooms of the terminal. */

import type { Instrument, Side } from "#protocol";
import { formatMoney, formatPrice } from "#lib/format.ts";
import type { Extreme } from "#lib/trading/settlement.ts";
import { haltedText } from "#lib/words.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";
import type { TakingRest } from "./preferences.svelte.ts";

/**
 * The worst or best P&L, and its settlement: "−40.00", "at 100", or "unlimited loss", "if INDEX falls".
 *
 * @param decimals of money
 */
export function sayExtreme(
  { money, at }: Extreme,
  underlying: Pick<Instrument, "symbol" | "tick_size">,
  decimals: number,
): [money: string, where: string] {
  const { symbol, tick_size } = underlying;
  const where = Number.isFinite(at)
    ? shared.settlesAt(formatPrice(at, tick_size))
    : shared.endless(symbol.length > LONG_SYMBOL ? shared.it : symbol, at > 0);
  return [
    Number.isFinite(money) ? formatMoney(money, decimals) : shared.unlimited(money > 0),
    where,
  ];
}
/** A symbol of more characters would not fit beside the words. */
const LONG_SYMBOL = 12;

export const sideWord = (side: Side) => (side === "buy" ? "Buy" : "Sell");
export const sideLower = (side: Side) => (side === "buy" ? "buy" : "sell");
export const sideLetter = (side: Side) => (side === "buy" ? "B" : "S");
/** The name of an order on this side. */
export const orderName = (side: Side) => (side === "buy" ? "bid" : "offer");

export const shared = {
  noInstrument: "Nothing to trade yet: the host begins.",
  roundOver:
    "This round is over: nothing of it trades any more. The host goes on with the next one.",
  lookOn: "Show ladders and ticket",
  noOptions: "There are no options now.",
  halted: haltedText,
  settled: "Settled",
  settings: "Settings",
  flat: "Flat",
  place: (side: Side, qty: string, symbol: string, price: string) =>
    `Click: ${sideLower(side)} ${qty} ${symbol} at ${price}`,
  /** The part of an order that trades at once. */
  partOf: (now: string, of: string) => `${now} of ${of}`,
  /** The rest of an order that takes a shown price. */
  restGoes: (qty: string, rest: TakingRest) =>
    `, ${qty} ${rest === "cancel" ? "cancelled" : "left waiting"}`,
  ownOnly: (price: string) =>
    `Only your own order is at ${price}, and nobody trades with themselves: nothing was sent.`,
  again: "Press again",
  /** @param to the worst of the prices */
  wouldTrade: (qty: string, from: string, to: string) =>
    `would trade ${qty} at ${from === to ? from : `${from} to ${to}`}`,
  beyond: (side: Side, worth: string) =>
    side === "buy" ? ` (settles at ${worth} at most)` : ` (settles at ${worth} at least)`,
  /** @param side of the order that would reach an own one */
  cancelsOwn: (side: Side, qty: string) =>
    `, cancels your ${orderName(side === "buy" ? "sell" : "buy")} of ${qty}`,
  get locked() {
    return `Locked: a click fills the ticket. Arm (${keyName("KeyL")}) to trade with one click.`;
  },
  noSize: (problem: string) => `Size: ${problem}`,
  openLadder: (symbol: string) => `Click: open the ladder of ${symbol}`,
  openLadderOf: (symbol: string) => `Open the ladder of ${symbol}`,
  settlesAt: (settlement: string) => `at ${settlement}`,
  unlimited: (isGain: boolean) => (isGain ? "unlimited gain" : "unlimited loss"),
  endless: (symbol: string, isHigh: boolean) => `if ${symbol} ${isHigh ? "rises" : "falls"}`,
  it: "it",
  price: "Price",
  qty: "Quantity",
  amend: "Change",
  status: {
    open: "Working",
    partial: "Part filled",
    filled: "Filled",
    cancelled: "Cancelled",
    sent: "Sent",
    unacknowledged: "Unknown, checking",
    unsent: "This order was not sent: the connection had dropped.",
    moving: "Changing",
  },
  realized: "Realised",
  unrealized: "Open",
} as const;
