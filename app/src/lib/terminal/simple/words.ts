/** Words of the simple view: for people who see a market for the first time. */

import type { Side } from "#protocol";
import type { TakingRest } from "#lib/terminal/desk/preferences.svelte.ts";

export const words = {
  label: "Simple view",
  market: "Market",
  settled: (price: string) => `Settled at ${price}`,
  sides: {
    buy: { title: "Bid", who: "others buy at", none: "No bid yet" },
    sell: { title: "Ask", who: "others sell at", none: "No ask yet" },
  },
  there: (side: Side, qty: string) => `${qty} ${side === "buy" ? "wanted" : "offered"}`,
  yours: (qty: string, price: string) => `Yours: ${qty} at ${price}`,
  yoursBest: (qty: string, price: string) => `Yours, best: ${qty} at ${price}`,
  empty: {
    title: "No prices yet.",
    hint: "Be the first: make a price, and others can trade with you.",
    watch: "As soon as somebody makes a price, it stands here.",
    /** Nothing can be traded now: the reason stands below. */
    closed: "No trading now.",
    taker: "Wait for the price of the winner: then buy or sell one.",
  },
  size: "How many",
  trade: {
    label: "Trade",
    act: (side: Side, qty: string) => `${side === "buy" ? "Buy" : "Sell"} ${qty}`,
    at: (price: string) => `at ${price}`,
    none: { buy: "Nobody sells", sell: "Nobody buys" },
    /** Fewer are there than the size. */
    part: (there: string, size: string, price: string, rest: TakingRest) =>
      `${there} of ${size} at ${price}; the rest ${rest === "cancel" ? "is cancelled" : "waits"}`,
  },
  make: {
    open: "Make a price",
    change: "Change my price",
    title: "My price",
    close: "Close",
    lead: "Two prices around your best guess: you buy below it and sell above it. One side may stay empty.",
    bid: "I buy at",
    ask: "I sell at",
    postOnly: "Only wait for others: never trade at once",
    both: (qty: string, bid: string, ask: string) =>
      `You buy ${qty} from anybody at ${bid}, or sell ${qty} to anybody at ${ask}.`,
    one: (side: Side, qty: string, price: string) =>
      side === "buy"
        ? `You buy ${qty} from anybody at ${price}.`
        : `You sell ${qty} to anybody at ${price}.`,
    sides: "Enter a price on one side at least.",
    crossed: "Your buying price must be below your selling price.",
    trades: (side: Side, price: string) =>
      side === "buy"
        ? `Somebody sells at ${price}: your buying price must be lower to wait.`
        : `Somebody buys at ${price}: your selling price must be higher to wait.`,
    tradesNow: (side: Side, price: string) =>
      side === "buy"
        ? `This buys at once: somebody sells at ${price}.`
        : `This sells at once: somebody buys at ${price}.`,
    send: "Send my price",
    update: "Change my price",
    sending: "Sending",
    live: "Your price stands in the market.",
    /** A side of which nothing is left. */
    gone: (side: Side, price: string) =>
      `Your ${side === "buy" ? "bid" : "ask"} at ${price} is gone: traded, or cancelled. Nobody can ${side === "buy" ? "sell to" : "buy from"} you now.`,
    goneBoth: "Both of your prices are gone: traded, or cancelled.",
    back: "Put it back",
    market: (bid: string, ask: string) => `Market: ${bid} / ${ask}`,
    left: (qty: string) => `Traded in part: sending makes it ${qty} on each side again.`,
    pull: "Take it back",
  },
  mine: {
    title: "My position",
    none: (symbol: string) => `You have not traded ${symbol} yet.`,
    flat: (symbol: string) => `You hold no ${symbol} now.`,
    held: (bought: boolean, qty: string, price: string, where: string) =>
      `You ${bought ? "bought" : "sold"} ${qty} at ${price}: you gain if ${where}.`,
    /** Contracts that one was dealt. @param name of what a contract stands for, such as clubs */
    dealt: (name: string, dealt: number, held: number) =>
      `You were dealt ${dealt === 0 ? "no" : dealt} ${name}${
        held === dealt
          ? held === 0
            ? "."
            : ", and hold all of them."
          : `, and hold ${held === 0 ? "none" : held} now.`
      }`,
    dealtHint:
      "Dealt cards count at the mark, as bought ones do; before there is one, at their value before the deal.",
    realized: "of it from trades that are closed",
    /** A position after others that were closed. */
    holds: (long: boolean, qty: string, price: string, where: string) =>
      `You ${long ? "hold" : "are short"} ${qty}, at ${price} on average: the open position gains if ${where}.`,
    /** @param of the underlying of an option; null: the instrument itself */
    where: (above: boolean, price: string, of: string | null) =>
      `${of ?? "it"} settles ${above ? "above" : "below"} ${price}`,
  },
  orders: {
    title: "My orders",
    none: "None. An order waits here until somebody trades with it.",
    line: (side: Side, qty: string, price: string) =>
      `${side === "buy" ? "Buy" : "Sell"} ${qty} at ${price}`,
    market: "the market",
    cancel: "Cancel",
    cancelOf: (what: string) => `Cancel: ${what}`,
    cancelAll: "Cancel all",
    others: (n: number) => `${n} more in other instruments`,
    sent: "Sending",
    again: "Send again",
    drop: "Drop",
  },
  trades: {
    title: "Last trades",
    none: "No trade yet.",
    line: (qty: string, price: string) => `${qty} at ${price}`,
    you: (side: Side) => (side === "buy" ? "you bought" : "you sold"),
  },
} as const;
