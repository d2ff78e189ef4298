/** Words of the notices: what happened in the room. */

import type { Message, Side } from "#protocol";
import { plural } from "#lib/words.ts";

type RemovalReason = Message<"order">["reason"];

const removalReasons: Record<RemovalReason, string> = {
  fill: "filled",
  self_trade: "it would have traded with your own order",
  quotes_pulled: "the host pulled the quotes",
  settled: "the instrument was settled",
  killed: "the host stopped your trading",
  kicked: "you were removed",
  disconnected: "your connection dropped",
  closed: "the session was closed",
  cancelled: "cancelled",
};

export const stateWords = {
  instruments: (count: number) => plural(count, "instrument", "instruments"),
  halted: (what: string, many: boolean) => `${what} ${many ? "are" : "is"} halted.`,
  resumed: (what: string, many: boolean) => `${what} ${many ? "trade" : "trades"} again.`,
  settled: (symbol: string, price: string, others: number, payout: string | null) =>
    `${symbol} settled at ${price}` +
    (others > 0 ? `, and ${plural(others, "option", "options")} with it.` : ".") +
    (payout === null
      ? ""
      : ` Your positions are paid out: ${payout}, on top of what they cost or brought.`),
  killed: "The host has stopped your trading. Your orders are cancelled.",
  revived: "The host lets you trade again.",
  session: {
    open: "The session is open: trade.",
    paused: "The session is paused: you can cancel, but not place or change orders.",
    closed: "The session is closed.",
    timeUp: "Time is up: you can cancel, but not place or change orders.",
  },
  lens: {
    off: "The host has turned the lens off.",
    after: "The host allows the lens once the round is over.",
    always: "The host allows the lens: switch it on above the chain.",
  },
  filled: (side: Side, qty: string, symbol: string, price: string) =>
    `${side === "buy" ? "Bought" : "Sold"} ${qty} ${symbol} at ${price}.`,
  removed: (count: number, reason: RemovalReason) =>
    `${plural(count, "order", "orders")} cancelled: ${removalReasons[reason]}.`,
} as const;
