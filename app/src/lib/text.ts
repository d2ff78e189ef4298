/** Every string that people read outside the terminal, by area, so that it can be translated. */

import type { Message } from "#protocol";
import { formatMoney, formatPrice } from "./format.ts";

type RemovalReason = Message<"order">["reason"];

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

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

export const text = {
  ui: {
    close: "Close",
    dismiss: "Dismiss",
    keep: "Cancel",
    dark: "Dark",
    light: "Light",
    copy: "Copy",
    copied: "Copied",
    lower: (what: string) => `${what}: lower`,
    raise: (what: string) => `${what}: raise`,
  },
  net: {
    unreachable: "The server cannot be reached. Check your connection and try again.",
    strange: (status: number) =>
      `The server gave an answer that this page does not understand (${status}).`,
    offline: "You are not connected, so nothing was sent. Try again when the connection is back.",
    stale:
      "The connection was down for too long, so this order was not sent again. Check your orders.",
    gone: "The connection ended before the exchange answered. Check your orders.",
    superseded: "This seat was opened in another tab or on another device.",
    kicked: "The host removed you from the room.",
    left: "You left the room.",
  },
  event: {
    halted: (symbol: string) => `${symbol} is halted.`,
    resumed: (symbol: string) => `${symbol} trades again.`,
    settled: (symbol: string, value: number, tick: number, payout?: number) =>
      `${symbol} settled at ${formatPrice(value, tick)}.` +
      (payout === undefined ? "" : ` You are paid ${formatMoney(payout)}.`),
    killed: "The host has stopped your trading. Your orders are cancelled.",
    revived: "The host lets you trade again.",
    session: {
      open: "The session is open: trade.",
      paused: "The session is paused: you can cancel, but not place or change orders.",
      closed: "The session is closed.",
    },
    filled: (side: "buy" | "sell", qty: string, symbol: string, price: string) =>
      `${side === "buy" ? "Bought" : "Sold"} ${qty} ${symbol} at ${price}.`,
    removed: (count: number, reason: RemovalReason) =>
      `${plural(count, "order", "orders")} cancelled: ${removalReasons[reason]}.`,
  },
} as const;
