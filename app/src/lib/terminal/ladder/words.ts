/** Words of the ladders. */

import type { Side } from "#protocol";
import { keyName } from "#lib/ui/key-names.svelte.ts";
import { orderName, shared } from "#lib/terminal/desk/words.ts";

export const words = {
  name: (symbol: string) => `${symbol} ladder`,
  cumulativeColumns: ["Mine", "Σ Bid", "Price", "Σ Ask", "Mine"],
  shortColumns: ["Mine", "Bid", "Price", "Ask", "Mine"],
  cumulative: "Cumulative sizes",
  get cumulativeHint() {
    return `Sizes add up from the best price outwards (${keyName("KeyD")}).`;
  },
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
  every: "Recentre on a timer",
  everyHint: "Never under the pointer, nor within four seconds of scrolling.",
  everyOff: "Never",
  everySeconds: (seconds: number) => `Every ${seconds} seconds`,
  /** The rule of recentring in short, for the controls under a ladder. */
  recentres: (follows: boolean, seconds: number) =>
    seconds > 0 ? `◎ every ${seconds} s` : follows ? "◎ follows" : "◎ by hand",
  recentresTitle: "When the prices recentre by themselves",
  changes: "Size changes",
  changesHint: "Beside a size, for two seconds: what it gained or lost, by orders and by trades.",
  change: "Gained or lost just now",
  firstSize: "Back to the first preset after each order",
  firstSizeHint: "After an order by a click or a key. The ticket keeps its own quantity.",
  orders: {
    title: "Orders",
    rest: "When you take a price, the rest",
    rests: { cancel: "Is cancelled", rest: "Waits in the book" },
    restHint:
      "For Buy and Sell buttons, the keys that hit and lift, and the chain. A ladder's orders wait.",
    guard: "Ask before unusual orders",
    guardHint: "The same press again within two seconds sends them.",
    most: "Largest size not asked about",
    mostHint: "Empty: the largest of your sizes, or 100 lots.",
    usual: (qty: string) => `${qty}, as usual`,
    ticks: "Ticks through the market",
    percent: "Percent of the price",
    distanceHint:
      "Asked about beyond both: from the best price of the other side, or from the mark where the order would wait.",
  },
  high: "Highest trade",
  low: "Lowest trade",
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
  average: "Average entry price of the open position: what is realised is not in it",
  averageAt: (price: string) => `avg ${price}`,
  group: "Ticks in a row",
  groupOf: (symbol: string) => `Ticks in a row of the ladder of ${symbol}`,
  groupHint:
    "A row with several ticks adds their sizes up: bids at its price or just above, asks at it or just below. A click uses the price on the row.",
  groupedPrice: (group: number) => `Price / ${group}`,
  span: (low: string, high: string) => `${low} to ${high}`,
  spans: (bids: string, asks: string) => `Bids ${bids}, asks ${asks}`,
  pinned: { buy: "Best bid", sell: "Best ask" },
  pin: {
    buy: (price: string, qty: string) => `Best bid ${price}, ${qty} there: show it`,
    sell: (price: string, qty: string) => `Best ask ${price}, ${qty} there: show it`,
  },
  showMine: "Show the nearest of my orders",
  which: (n: number) => `${n} orders here:`,
  nth: (n: number, qty: string, price: string) => `No. ${n}: ${qty} at ${price}`,
  volume: (qty: string, to: string | null) =>
    to === null ? `${qty} traded here` : `${qty} traded from here to ${to}`,
  lastTrade: "Last trade",
  again: "Again?",
  flatten: "Flatten",
  reverse: "Reverse",
  cancelBids: "Bids",
  cancelAll: "All",
  cancelAsks: "Asks",
  cancelBidsTitle: (symbol: string) => `Cancel my bids in ${symbol}`,
  cancelAllTitle: (symbol: string) => `Cancel all my orders in ${symbol} (${keyName("KeyE")})`,
  cancelAsksTitle: (symbol: string) => `Cancel my asks in ${symbol}`,
  get flattenTitle() {
    return `Cancel my orders here and close the position at the market (${keyName("KeyF")})`;
  },
  get reverseTitle() {
    return `Cancel my orders here and turn the position around at the market (${keyName("KeyR")})`;
  },
  mine: (n: number) => `${n} mine`,
  carriedGone: "The order that you were moving is gone: it was filled or cancelled.",
  justMoved: "The ladder had just moved: nothing was sent. Click again.",
  none: "No ladder is open.",
  noneHint: "Choose an instrument in the list to open its ladder.",
  emptyRoom: "As soon as there is one, its ladder opens here.",
  sent: "sent",
  hint: {
    left: (qty: string, symbol: string, price: string) => `Left: buy ${qty} ${symbol} at ${price}`,
    right: (qty: string) => ` · right: sell ${qty}`,
    get lockedButtons() {
      return `Locked: the left button puts a buy into the ticket, the right one a sell. Arm (${keyName("KeyL")}) to trade with one click.`;
    },
    takes: (side: Side, there: string) =>
      side === "buy"
        ? `, takes up to ${there} that others offer`
        : `, hits up to ${there} that others bid`,
    rests: ", joins the book",
    /** @param span the prices whose sizes the cell adds up */
    row: (span: string) => ` · the row adds up ${span}, the order goes at the price shown`,
    cancel: (side: Side, qty: string, price: string) =>
      `Click: cancel your ${orderName(side)} of ${qty} at ${price}. Drag or Shift+↑↓: move it. Right button or ${keyName("KeyM")}: change it.`,
    drop: (side: Side, qty: string, price: string) =>
      `Release: move your ${orderName(side)} of ${qty} to ${price}`,
    dropBlocked: (block: string) => `Release: leave the order where it is. ${block}`,
    dropHome: "Release: leave the order where it is",
    dropTrades: (qty: string, from: string, to: string) => `, ${shared.wouldTrade(qty, from, to)}`,
    carry: "Tap the price to move it to, or the order itself to leave it.",
    price: "Click: put this price into the ticket",
    second: (qty: string) => ` · right button: ${qty}`,
  },
  theory: {
    mark: (value: string) => `Your theoretical value ${value}`,
    letter: "TV",
  },
  chart: {
    title: (symbol: string) => `${symbol} trades`,
    none: "No trades in this instrument yet.",
    opening: (price: string) => `Opening price ${price}.`,
    legend: "▲ ▼ your fills",
    /** Label, its meaning and value of each figure. */
    figures: (high: string, low: string, volume: string) =>
      [
        ["H", "Highest trade", high],
        ["L", "Lowest trade", low],
        ["Vol", "Contracts traded since the listing", volume],
      ] as const,
  },
} as const;
