/** Words of the blotter. */

import type { Side } from "#protocol";
import { sideLower } from "#lib/terminal/desk/words.ts";
import { pnlWords } from "#lib/words.ts";

export const words = {
  tabs: {
    orders: "Orders",
    fills: "Fills",
    tape: "Tape",
    leaders: "Leaders",
    positions: "Positions",
    news: "News",
    label: "My trading and the market",
  },
  orders: {
    none: "No orders yet.",
    noneOpen: "No open orders.",
    left: (qty: string) => `${qty} left`,
    of: (done: string, all: string) => `${done} of ${all}`,
    filled: (done: string, all: string) => `${done} of ${all} filled`,
    noneHint: {
      columns: "Click left of the prices to bid, right of them to offer.",
      buttons: "On a price the left button buys, the right one sells.",
    },
    noneDone: "No finished orders yet.",
    cancelShort: "Cancel",
    again: "Send again",
    againShort: "Again",
    forget: "Do not send it",
    live: "Open",
    done: "Done",
    amendOf: (what: string) => `Change ${what}`,
    cancel: (what: string) => `Cancel ${what}`,
    what: (side: Side, qty: string, symbol: string, price: string) =>
      `${sideLower(side)} ${qty} ${symbol} at ${price}`,
    market: "market",
    quote: "quote",
  },
  fills: {
    none: "No fills yet.",
    noneHint: "What you trade is listed here.",
    maker: "maker",
    taker: "taker",
  },
  tape: {
    none: "No trades yet.",
    noneHint: "Everybody's trades are listed here.",
    here: "Only this instrument",
    aggressor: (side: Side) =>
      side === "buy" ? "The buyer took the offer." : "The seller hit the bid.",
    missed: (count: string, inOne: boolean) =>
      `${count === "1" ? "1 trade" : `${count} trades`} ${inOne ? "in the room " : ""}while you were away`,
  },
  leaders: {
    none: "Nobody has traded yet.",
    you: "you",
    columns: ["#", "Name", pnlWords.total, "Volume"],
  },
  positions: {
    none: "No positions yet.",
    noneHint: "What you hold is listed here with its average price and P&L.",
    mark: "mark",
    markTitle:
      "The mark values your open position, and is the same for everybody: the middle of the market where bid and ask have enough lots, else the last trade.",
    realized: "realised",
    unrealized: "open",
    total: "Total",
  },
  news: {
    none: "No news yet.",
  },
  curve: {
    title: "P&L",
    now: "now",
    sinceTitle: "The curve has what this browser has seen of the game, over reloads as well.",
  },
} as const;
