/** Words of refusals and warnings by the page itself. */

import type { Side } from "#protocol";
import { plural } from "#lib/words.ts";

export const words = {
  partly: (done: string, of: string, side: Side) =>
    `${done} of ${of} traded: nobody ${side === "buy" ? "offers" : "bids for"} the rest.`,
  /** Before an unusual order. */
  guard: {
    again: (reasons: readonly string[]) => `Press again: ${reasons.join("; ")}.`,
    size: (qty: string, most: string) => `${qty} is above your guard of ${most}`,
    far: (price: string, ticks: number, side: Side, from: "best" | "mark", reference: string) =>
      `${price} is ${plural(ticks, "tick", "ticks")} ${side === "buy" ? "above" : "below"} ${
        from === "mark" ? "the mark" : side === "buy" ? "the best ask" : "the best bid"
      } of ${reference}`,
    deep: (average: string, worst: string, ticks: number) =>
      `at the market about ${average} each, ${worst} at worst${
        ticks > 0 ? `, ${plural(ticks, "tick", "ticks")} from the best price` : ""
      }`,
    unseen: (qty: string) => `, and ${qty} deeper than the book you see`,
  },
  /** After a fill: the rest of its order. */
  rest: {
    waits: (qty: string, price: string) => ` ${qty} waiting at ${price}.`,
    cancelled: (qty: string) => ` ${qty} cancelled.`,
    cancel: (qty: string) => `Cancel ${qty}`,
  },
  /** After an order of which nothing filled and nothing rests. */
  nothing: (qty: string, symbol: string, side: Side) =>
    `Nothing ${side === "buy" ? "bought" : "sold"}: ${qty} ${symbol} cancelled.`,
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
    cancelsOwn: (side: Side, qty: string) =>
      `Nobody trades with oneself: your ${side === "buy" ? "offer" : "bid"} of ${qty} in the way is cancelled.`,
    emptySide: (side: Side) =>
      side === "buy"
        ? "Nobody else offers: a market order would do nothing."
        : "Nobody else bids: a market order would do nothing.",
    thin: (qty: string) => `Only ${qty} can trade now: the rest is cancelled.`,
  },
  gone: "That order is gone already: it was filled or cancelled.",
  block: {
    offline: "No connection: nothing can be sent.",
    joining: "Joining the room.",
    spectator: "You are watching: spectators cannot trade.",
    host: "You are the host: the host does not trade.",
    lobby: "The host has not started yet: look around, orders are taken from the start.",
    paused: "The session is paused: you can only cancel.",
    closed: "The session is closed.",
    killed: "The host has stopped your trading.",
    halted: (symbol: string) => `${symbol} is halted: wait until it trades again.`,
    leftOut: "You came after the start of this round: you play from the next one.",
    tookOne: "You have traded: everybody but the winner buys or sells one, and no more.",
    nextStep: "Trading opens in the next step.",
    laterStep: (title = "") => `Trading opens in a later step: ${title}.`,
    noMoreSteps: "The trading of this round is over.",
    settled: (symbol: string) => `${symbol} is settled and takes no more orders.`,
  },
} as const;
