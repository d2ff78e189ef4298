/**
 * Words of the spread's panel. They are loaded with the panel, so they are not among the terminal's other words.
 */

import type { Side } from "#protocol";
import { formatPosition, formatQty, formatMoney, formatPrice, NONE } from "#lib/format.ts";
import { decimalsOf } from "#lib/trading/grid.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";
import type { SpreadKind, SpreadName, NetPrice, PricedLeg } from "./legs.ts";

const kinds: Record<Exclude<SpreadKind, "single" | "vertical" | "riskReversal">, string> = {
  straddle: "straddle",
  strangle: "strangle",
  guts: "guts",
  synthetic: "synthetic",
  butterfly: "butterfly",
  box: "box",
  conversion: "Conversion",
  reversal: "Reversal",
  custom: "Custom spread",
};
const types = { CALL: "call", PUT: "put" } as const;

/** The name of a spread, such as "Bull call vertical 90/100", "Long straddle 100" or "Conversion 100". */
function name({ kind, long, type, strikes }: SpreadName): string {
  const typed = type === null ? "" : `${types[type]} `;
  if (kind === "single") return "One leg";
  if (kind === "custom") return kinds.custom;
  const what =
    kind === "vertical"
      ? `${long ? "Bull" : "Bear"} ${typed}vertical`
      : kind === "riskReversal"
        ? `${long ? "Bullish" : "Bearish"} risk reversal`
        : long === null
          ? kinds[kind]
          : `${long ? "Long" : "Short"} ${typed}${kinds[kind]}`;
  return `${what} ${strikes.join("/")}`;
}

export const spreadWords = {
  title: "Spread",
  name,
  none: "No legs yet.",
  noneHint: (key: string) =>
    `${key}-click an ask in the chain to buy it, a bid to sell it; with the keyboard: ${keyName("KeyS")} on a price. On a touch screen turn on “Build a spread” over the chain.`,
  noneSafe: "That sends nothing: the spread is sent from here.",
  /** The text of the empty bar on a phone. */
  begin: "Tap an ask to buy it in the spread, a bid to sell it.",
  open: "To the spread",
  legs: "Legs of the spread",
  clear: "Clear",
  clearTitle: "Remove all legs",
  less: (symbol: string) => `One ${symbol} less in each spread`,
  more: (symbol: string) => `One ${symbol} more in each spread`,
  drop: (symbol: string) => `Take ${symbol} off the spread`,
  noPrice: (side: Side) => (side === "buy" ? "no offer" : "no bid"),
  /** The label begins with the visible text of the button. */
  addUnderlying: (shown: string, symbol: string) => `${shown}: ${symbol} as a leg`,
  underlying: "Underlying",
  each: "One spread",
  /** @param value without its sign */
  net: (value: string, sign: number) =>
    sign === 0 ? "even" : `${value} ${sign < 0 ? "debit" : "credit"}`,
  inMoney: "in money",
  possible: "Available",
  possibleTitle:
    "How many spreads the best prices that others show now allow, all legs at those prices",
  times: (qty: string) => `${qty} now`,
  worst: "At worst",
  best: "At best",
  endTitle:
    "Of these spreads alone at settlement; what you hold is counted in the payoff under the chain",
  qty: "Spreads",
  send: (qty: string, net: string) => `Send ${qty}: ${net} each`,
  sendEmpty: "Send the spread",
  get locked() {
    return `Locked: arm (${keyName("KeyL")}) to send`;
  },
  /** A note before the spread is sent. */
  oneByOne: "The legs go one after the other, each at its price shown or better, not as one order.",
  only: (qty: number) =>
    `The prices shown allow ${qty === 1 ? "1 spread" : `${formatQty(qty)} spreads`} now. `,
  other: (symbol: string) => `The legs on ${symbol} were taken off: a spread is on one underlying.`,
  problem: (symbol: string, why: string) => `${symbol}: ${why}`,
  missing: (side: Side, symbol: string) =>
    side === "buy" ? `Nobody offers ${symbol}.` : `Nobody bids for ${symbol}.`,
  whole: (step: number) =>
    step === 1 ? "Enter how many spreads." : `Enter a multiple of ${step}: the lots are so large.`,
  full: (most: number) => `A spread has at most ${most} legs here.`,
  unfinished: "The last spread has left something: close it out or go back to the spread first.",
  report: {
    sending: "Sending leg by leg",
    lost: "Connection lost: stopped",
    done: (done: string, asked: string) => `${done} of ${asked} spreads done`,
    waiting: "waits",
    sent: "sent",
    filled: (side: Side, filled: string, asked: string) =>
      `${side === "buy" ? "bought" : "sold"} ${filled} of ${asked}`,
    closed: (qty: string) => `, ${qty} closed out`,
    unsent: "not sent",
    unsentOrRefused: "nothing traded",
    unknown: "not known whether it traded",
    because: (reason: string) => `: ${reason}`,
    whole: "All legs are filled.",
    nothing: "Nothing was traded.",
    even: "Nothing is left over.",
    left: (what: readonly { symbol: string; qty: number }[]) =>
      `Left with ${what.map(({ symbol, qty }) => `${formatPosition(qty)} ${symbol}`).join(", ")}.`,
    uncertain:
      "No further leg is sent. The one under way is asked for again if the connection is back within 15 seconds, and is then told here; else compare Fills and Positions.",
    close: "Close out at the market",
    closeTitle: "A market order for what is left over of each leg",
    back: "Back to the spread",
  },
} as const;

/** @param decimals of money */
export function sayNet(legs: readonly PricedLeg[], net: NetPrice | null, decimals: number): string {
  if (net === null) return NONE;
  const { value, unit } = net;
  if (unit === "money")
    return `${spreadWords.net(formatMoney(Math.abs(value), decimals).replace("+", ""), Math.sign(value))} ${spreadWords.inMoney}`;
  const ticks = legs.map(({ instrument }) => instrument.tick_size);
  const finest = ticks.reduce((a, b) => (decimalsOf(b) > decimalsOf(a) ? b : a), 1);
  return spreadWords.net(formatPrice(Math.abs(value), finest), Math.sign(value));
}
