/** Words of the options chain. */

import type { Side } from "#protocol";
import { sideLower } from "#lib/terminal/desk/words.ts";

export const words = {
  title: "Options chain",
  clickSize: "Size of a click on the chain",
  view: "View",
  views: { chain: "Chain", quotes: "Quotes" },
  calls: "Calls",
  puts: "Puts",
  strike: "Strike",
  at: (strike: string) => `Strike ${strike}`,
  underlying: "Underlying",
  columns: {
    position: "Pos",
    working: "Work",
    last: "Last",
    size: "Size",
    delta: "Delta",
    theo: "Theo",
    edge: "Edge",
    bid: "Bid",
    ask: "Ask",
  },
  choose: "Columns of the chain",
  chooseHint:
    "Where the chain is narrow it leaves out columns by itself. Delta, value and edge need a view.",
  columnNames: {
    position: "My position",
    working: "My working orders",
    last: "Last price",
    size: "Sizes",
    delta: "Delta on my view",
    theo: "Theoretical value (theo) on my view",
    edge: "Edge of bid and ask against theo",
  },
  none: "There are no options yet.",
  noneHint: "When the host adds calls or puts, they stand here by strike.",
  close: "Close the chain",
  /** The price of the underlying; without its symbol if the list of underlyings before it shows that. */
  reference: (symbol: string | null, price: string) =>
    symbol === null ? price : `${symbol} ${price}`,
  cell: (column: "bid" | "ask", symbol: string, price: string, qty: string) =>
    price === ""
      ? `${symbol}: no ${column}, open the ladder`
      : `${symbol} ${column} ${price} ${qty}: ${column === "bid" ? "sell" : "buy"}`,
  toUnderlying: (symbol: string) => `Trade ${symbol}`,
  build: "Build a spread",
  buildTitle: "A click on a price is then a leg of a spread, and sends nothing",
  leg: (side: Side, ratio: number) => `, in the spread: ${sideLower(side)} ${ratio}`,
  hint: {
    ownOnly: (price: string) => `Only your own order is at ${price}: a click sends nothing`,
    openEmpty: (symbol: string, column: "bid" | "ask") =>
      `No ${column} yet. Click: open the ladder of ${symbol} and ${column === "ask" ? "an" : "a"} ${column} in the ticket`,
    depth: (text: string) => ` · ${text}`,
    click: "Click",
    leg: (side: Side) => `${sideLower(side)} it in a spread`,
    legMore: (ratio: number) => `${ratio} of it in each spread`,
    legOff: "take it off the spread",
  },
  theory: {
    /** Follows the description of a bid or ask. */
    edge: (edge: string) => `, edge ${edge}`,
    edgeTitle: (column: "bid" | "ask", edge: string, theo: string) =>
      `Edge ${edge} a unit for ${column === "bid" ? "selling" : "buying"} here, if your value ${theo} is right`,
    delta: "How much the value moves with your mean",
  },
} as const;
