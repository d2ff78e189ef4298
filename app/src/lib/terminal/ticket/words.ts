/** Words of the order ticket. */

import type { Side } from "#protocol";
import { sideWord } from "#lib/terminal/desk/words.ts";

export const words = {
  title: "Order",
  side: "Side",
  type: "Type",
  types: {
    limit: "Limit",
    market: "Market",
  },
  tif: "Lasts",
  tifs: {
    GFD: "Until cancelled",
    IOC: "At once (IOC)",
    FOK: "All or nothing (FOK)",
  },
  postOnly: "Post only",
  submit: (side: Side, qty: string, symbol: string, price: string | null) =>
    `${sideWord(side)} ${qty} ${symbol}${price === null ? " at the market" : ` at ${price}`}`,
  submitEmpty: (side: Side, symbol: string) => `${sideWord(side)} ${symbol}`,
  /** @param cash positive: the trader receives it */
  cash: (cash: number) => (cash === 0 ? "Value" : cash > 0 ? "You receive" : "You pay"),
  about: (average: string, worst: string) =>
    average === worst ? `about ${average} each` : `about ${average} each, ${worst} at worst`,
  /** A limit order of which a part trades at once. */
  part: {
    rest: (now: string, left: string, price: string) =>
      `${now} now, ${left} left waiting at ${price}.`,
    cancel: (now: string, left: string) => `${now} now, ${left} cancelled.`,
  },
  nothingOf: (now: string, of: string) => `Only ${now} of ${of} can trade now: nothing will.`,
  after: "Position after",
  edge: "Edge",
  edgeSum: (each: string, all: string) => `${each} each, ${all} in all`,
  edgeTitle:
    "What this order gains if your theoretical value is right: a unit, and for its whole quantity in money",
  worst: "At worst",
  worstTitle:
    "At the settlement that is worst for you: of all you hold in this instrument, its underlying and the options on it, once this order has traded, with the P&L that is realised in them",
  beyond: {
    buy: (worth: string) => `Above what it can settle at within the bounds: ${worth} at most.`,
    sell: (worth: string) => `Below what it can settle at within the bounds: ${worth} at least.`,
  },
} as const;
