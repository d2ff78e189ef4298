/** Words of quotes. */

import type { Side } from "#protocol";
import { orderName } from "#lib/terminal/desk/words.ts";

export const words = {
  quote: {
    title: "Quote",
    bid: "Bid",
    ask: "Ask",
    mid: "Mid",
    width: "Width (ticks)",
    bidQty: "Bid size",
    askQty: "Ask size",
    wider: "Wider",
    tighter: "Tighter",
    up: "Up",
    down: "Down",
    postOnly: "Post-only",
    postOnlyTitle: "A side that would trade at once is refused by itself; the other side stands",
    refused: (sides: readonly ("bid" | "ask")[]) =>
      sides.length === 2
        ? "Both sides refused: they would trade at once."
        : `${sides[0] === "bid" ? "Bid" : "Ask"} refused: it would trade at once.`,
    widerTitle: "One tick wider on each side ( ] )",
    tighterTitle: "One tick tighter on each side ( [ )",
    upTitle: "Both sides one tick up ( = )",
    downTitle: "Both sides one tick down ( - )",
    send: "Send quote",
    update: "Update quote",
    pull: "Pull quote",
    live: "Your quote is live: the buttons move it at once.",
    liveShort: "Live",
    partShort: "Partly live",
    only: (side: Side, level: string) => `Only your ${orderName(side)} is live: ${level}.`,
    level: (qty: string, price: string) => `${qty} at ${price}`,
    /** The resting part of a quote; null: the side was not quoted. */
    left: (bid: { level: string | null } | null, ask: { level: string | null } | null) =>
      `${[
        bid && (bid.level === null ? "Your bid is gone" : `Your bid rests: ${bid.level}`),
        ask && (ask.level === null ? "your offer is gone" : `your offer rests: ${ask.level}`),
      ]
        .filter((part) => part !== null)
        .join(", ")
        .replace(/^y/, "Y")}. Update refills it.`,
    draft: "Draft",
    first: "Sends both sides at once. While it is live, each step amends it.",
    none: "Enter a bid and an ask to quote both sides.",
    crossed: "The bid must be below the ask.",
    sides: "Give at least one side a price and a size.",
  },
  grid: {
    title: "Quotes",
    titleKey: "Quote several options at once (V)",
    leads: "You are in the quotes: keys that trade do nothing here. Point at a ladder to use them.",
    mid: "Mid",
    midFrom: "Middle from",
    sources: { book: "Book", last: "Last", typed: "Typed" },
    width: "Width",
    widthTitle: "Ticks between bid and ask",
    size: "Size",
    skew: "Skew",
    skewTitle: "Ticks that every quote stands above its middle; negative: below",
    state: "State",
    calls: "Calls",
    puts: "Puts",
    scalars: "Scalars",
    tickAll: (group: string) => `Tick all: ${group}`,
    tick: (symbol: string) => `Quote ${symbol}`,
    midOf: (symbol: string) => `Middle of ${symbol}`,
    widthOf: (symbol: string) => `Width of ${symbol} in ticks`,
    sizeOf: (symbol: string) => `Size of ${symbol}`,
    ownTitle: "Set by hand for this row. Empty it to follow the settings above again.",
    send: (n: number) => `Send all (${n})`,
    sendTitle: "Quote every ticked row, each at once on both sides (G)",
    pull: (n: number) => `Pull all quotes (${n})`,
    pullTitle: "Take back all my quotes, in every instrument (H). Other orders stay.",
    postOnly: "Post-only",
    postOnlyTitle: "A side that would trade at once is refused by itself; the other side stands",
    refill: "Steps refill",
    refillTitle: "A step sends the whole size again. Off: it moves what is left of the quote.",
    marketBid: "Mkt bid",
    marketAsk: "Mkt ask",
    marketTitle: "The best price of others",
    bid: "My bid",
    ask: "My ask",
    mine: "What rests and how much of it is left; in grey, what would be sent",
    theo: "Theo",
    theoTitle: "Theoretical value, by my view of the underlying",
    edge: "Edge",
    edgeTitle: "Gain a unit of my bid / my ask, if my value is right",
    edges: (bid: string, ask: string) => `${bid} / ${ask}`,
    position: "Pos",
    positionTitle: "Position",
    marketShort: (price: string) => `mkt ${price}`,
    theoShort: (value: string) => `theo ${value}`,
    live: (price: string, leaves: string, qty: string) => `${leaves} of ${qty} rest at ${price}`,
    draft: "Not sent",
    draftTitle: "Not in the market: would be sent",
    /** A side that was refused and has no other order. */
    sideRefused: "Refused",
    sidesRefused: (sides: readonly ("bid" | "ask")[]) =>
      sides.length === 2
        ? "Both sides refused: they would trade at once."
        : `${sides[0] === "bid" ? "Bid" : "Ask"} refused: it would trade at once. The other side stands.`,
    meets: (side: "bid" | "ask", price: string, isPostOnly: boolean) =>
      `${side === "bid" ? "Bid" : "Ask"} meets ${price}: ${
        isPostOnly ? "it would be refused" : side === "bid" ? "it buys at once" : "it sells at once"
      }`,
    next: (bid: string, ask: string) => `Next: ${bid} / ${ask}`,
    follow: (n: number) => `Follow again (${n})`,
    followTitle: "Ticked rows set or moved by hand take their middle from the source again",
    steps: "Ticked rows",
    sent: "Sent",
    working: "Working",
    oneSide: (side: Side, price: string) => `Only your ${orderName(side)} ${price} is left`,
    noMid: {
      book: "Type a middle: others do not show both sides.",
      last: "Type a middle: nothing has traded.",
      typed: "Type a middle.",
    },
    noSkew: "Give the skew in ticks: 0 for none.",
    noWidth: "The width is a whole number of ticks, at least 1.",
    summary: (working: number, refused: number) =>
      refused === 0 ? `${working} working` : `${working} working, ${refused} refused`,
    none: "Tick the rows to quote.",
    fromView: "Middles from my view",
    fromViewTitle: "Ticked rows take your theoretical value, rounded to the tick, as their middle",
    fromViewNone: "First give your view of the underlying, in the head, and tick rows",
  },
} as const;
