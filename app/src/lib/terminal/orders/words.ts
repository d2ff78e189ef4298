/** Words of refusals and warnings by the page itself. */

import type { Side } from "#protocol";

export const words = {
  partly: (done: string, of: string, side: Side) =>
    `${done} of ${of} traded: nobody ${side === "buy" ? "offers" : "bids for"} the rest.`,
  errors: {
    price: "Enter a price.",
    offTick: (below: string, above: string) => `Off the tick grid: use ${below} or ${above}.`,
    range: (min: string, max: string) => `Prices go from ${min} to ${max}.`,
    qty: "Enter a quantity: a positive whole number.",
    lot: (lot: string) => `The quantity must be a multiple of ${lot}.`,
    orderLimit: (max: string) => `Your limit is ${max} an order.`,
    positionLimit: (after: string, max: string) =>
      `With your open orders this could take you to ${after}: your limit is ${max}.`,
    openLimit: (max: string) => `You have ${max} open orders, which is your limit: cancel some.`,
    postOnlyTif: "A post-only order rests in the book: it must last until cancelled.",
    postOnlyCross: (price: string) =>
      `Post-only would trade at once with ${price}: it will be refused.`,
    emptySide: (side: Side) =>
      side === "buy"
        ? "Nobody offers: a market order would do nothing."
        : "Nobody bids: a market order would do nothing.",
    thin: (qty: string) => `Only ${qty} can trade now: the rest is cancelled.`,
  },
  gone: "That order is gone already: it was filled or cancelled.",
  block: {
    offline: "No connection: nothing can be sent.",
    joining: "Joining the room.",
    spectator: "You are watching: spectators cannot trade.",
    host: "You are the host: the host does not trade.",
    lobby: "The session has not begun: wait for the host to open it.",
    paused: "The session is paused: you can only cancel.",
    closed: "The session is closed.",
    killed: "The host has stopped your trading.",
    halted: (symbol: string) => `${symbol} is halted: wait for the host to resume it.`,
    settled: (symbol: string) => `${symbol} is settled and takes no more orders.`,
  },
} as const;
