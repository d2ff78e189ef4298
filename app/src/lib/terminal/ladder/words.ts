/** Words of the ladders. */

import type { Side } from "#protocol";
import { orderName } from "#lib/terminal/desk/words.ts";

export const words = {
  name: (symbol: string) => `${symbol} ladder`,
  cumulativeColumns: ["Mine", "Σ Bid", "Price", "Σ Ask", "Mine"],
  shortColumns: ["Mine", "Bid", "Price", "Ask", "Mine"],
  cumulative: "Cumulative sizes",
  cumulativeHint: "Sizes add up from the best price outwards (D).",
  second: "Right mouse button on a price",
  scheme: "Mouse buttons on a price",
  schemes: { columns: "By column", buttons: "Left buys, right sells" },
  schemeHint: {
    columns: "The left button buys in the bid column and sells in the ask column.",
    buttons:
      "In either column the left button buys and the right one sells the selected size. Fingers and keys go by column.",
  },
  /** The mouse scheme in short, for the controls under a ladder. */
  schemeLive: (scheme: "columns" | "buttons", second: string | null) =>
    scheme === "buttons"
      ? "Left buys, right sells"
      : `Mouse: by column${second === null ? "" : `, right ${second}`}`,
  secondOff: "The browser's menu",
  secondSize: (qty: string) => `Trades size ${qty}`,
  secondHint: "The left button trades the selected size. The sizes are the presets under a ladder.",
  follows: "Follow the market",
  followsHint:
    "Prices recentre by themselves before the market leaves them, never under the pointer.",
  every: "Recentre by the clock",
  everyHint: "Never under the pointer, nor within four seconds of scrolling.",
  everyOff: "Never",
  everySeconds: (seconds: number) => `Every ${seconds} seconds`,
  /** The rule of recentring in short, for the controls under a ladder. */
  recentres: (follows: boolean, seconds: number) =>
    seconds > 0 ? `◎ every ${seconds} s` : follows ? "◎ follows" : "◎ by hand",
  recentresTitle: "When the prices recentre by themselves",
  changes: "Changes of sizes",
  changesHint: "Beside a size, for two seconds: what it gained or lost, by orders and by trades.",
  change: "Gained or lost just now",
  firstSize: "Back to the first preset after each order",
  firstSizeHint: "After an order by a click or a key. The ticket keeps its own quantity.",
  high: "Highest trade seen",
  low: "Lowest trade seen",
  highLetter: "H",
  lowLetter: "L",
  pnl: (unit: string, next: string) => `P&L in ${unit}. Click for ${next}.`,
  units: {
    money: "money, realised and open",
    ticks: "ticks a contract, open position",
    percent: "percent of the price paid, open position",
  },
  unit: "P&L of an instrument",
  unitNames: { money: "Money", ticks: "Ticks a contract", percent: "Percent" },
  usePosition: (qty: string) => `Use ${qty} as the size`,
  ahead: (ahead: string, qty: string) =>
    `About ${ahead} ahead of your ${qty} here. An estimate: the exchange shows sizes, not whose they are, so cancels ahead of you are noticed late.`,
  recentre: "Recentre (Space)",
  close: (symbol: string) => `Close the ladder of ${symbol}`,
  average: "Average entry price",
  averageAt: (price: string) => `avg ${price}`,
  showMine: "Show the nearest of my orders",
  which: (n: number) => `${n} orders here:`,
  nth: (n: number, qty: string) => `No. ${n}: ${qty}`,
  volume: (qty: string) => `${qty} traded here`,
  lastTrade: "Last trade",
  flatten: "Flatten",
  reverse: "Reverse",
  cancelBids: "Bids",
  cancelAll: "All",
  cancelAsks: "Asks",
  cancelBidsTitle: (symbol: string) => `Cancel my bids in ${symbol}`,
  cancelAllTitle: (symbol: string) => `Cancel all my orders in ${symbol} (E)`,
  cancelAsksTitle: (symbol: string) => `Cancel my asks in ${symbol}`,
  flattenTitle: "Cancel my orders here and close the position at the market (F)",
  reverseTitle: "Cancel my orders here and turn the position around at the market (R)",
  bidAbove: "bid",
  askBelow: "ask",
  mine: (n: number) => `${n} mine`,
  justMoved: "The ladder had just moved: nothing was sent. Click again.",
  none: "No ladder is open.",
  noneHint: "Choose an instrument in the list to open its ladder.",
  emptyRoom: "As soon as there is one, its ladder opens here.",
  sent: "sent",
  hint: {
    left: (qty: string, symbol: string, price: string) => `Left: buy ${qty} ${symbol} at ${price}`,
    right: (qty: string) => ` · right: sell ${qty}`,
    lockedButtons:
      "Locked: the left button puts a buy into the ticket, the right one a sell. Arm (L) to trade with one click.",
    takes: (side: Side, there: string) =>
      side === "buy" ? `, takes up to ${there} offered` : `, hits up to ${there} bid`,
    rests: ", joins the book",
    cancel: (side: Side, qty: string, price: string) =>
      `Click: cancel your ${orderName(side)} of ${qty} at ${price}. Drag or Shift+↑↓: move it. Right button or M: change it.`,
    drop: (side: Side, qty: string, price: string) =>
      `Release: move your ${orderName(side)} of ${qty} to ${price}`,
    carry: "Tap the price to move it to, or the order itself to leave it.",
    price: "Click: put this price into the ticket",
    second: (qty: string) => ` · right button: ${qty}`,
  },
  theory: {
    mark: (value: string) => `Your theoretical value ${value}`,
    letter: "θ",
  },
  chart: {
    title: (symbol: string) => `${symbol} trades`,
    none: "No trades in this instrument yet.",
    legend: "▲ ▼ your fills",
  },
} as const;
