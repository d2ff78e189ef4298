/** Words about people: their table, limits, lists and exposure. */

import { formatQty } from "#lib/format.ts";

const worstHint = "P&L if every underlying settles at the worst value for this person";
const requestsHint = "Requests in the last 10 seconds, and how many of them were refused";

export const words = {
  title: (traders: number) => `People (${traders})`,
  empty: "Nobody has joined yet. Share the link.",
  heads: [
    ["Name"],
    ["P&L", "num"],
    ["At worst", "num", worstHint],
    ["Requests", "num", requestsHint],
    ["Positions"],
    ["Actions", "hidden"],
  ],
  worst: "At worst",
  requests: "Requests",
  requestsHint,
  refused: (count: number) => `${formatQty(count)} refused`,
  connections: (count: number) => `${formatQty(count)} connections`,
  watch: (name: string) => `See what ${name} sees`,
  on: "Connected",
  off: "Not connected",
  kicked: "Removed",
  stopped: "Stopped",
  limits: "Limits…",
  ownLimits: "Own limits",
  revive: "Let trade",
  stop: "Stop…",
  stopTitle: (name: string) => `Stop ${name}?`,
  stopAction: "Stop",
  seat: "New device…",
  kick: "Remove…",
  kickTitle: (name: string) => `Remove ${name}?`,
  kickText: "The open orders are cancelled and the seat is lost. Positions stay in the results.",
  kickAction: "Remove",
  more: (count: number) => `+${count}`,
  total: "Total",
} as const;

export const limitWords = {
  title: "Limits",
  all: "Limits for everybody",
  one: (name: string) => `Limits of ${name}`,
  edit: "Change…",
  allText: "Replaces limits set for single people.",
  max_position: "Position per instrument",
  max_order_qty: "Contracts per order",
  max_open_orders: "Open orders",
  orders_per_sec: "Orders per second",
  max_loss: "Loss (empty: no limit)",
  lossShort: "Loss",
  none: "none",
  save: "Set the limits",
} as const;

export const handOutWords = {
  seatTitle: (name: string) => `A new device for ${name}`,
  seatText:
    "Show this to the person alone. It opens the seat once, on another device, with its orders and positions. The old device is put out.",
  hostTitle: "One more host",
  hostText:
    "Whoever opens this link becomes a host of the room, with all you can do. It works once.",
  code: "Code",
  qr: "QR code of the link",
  copy: "Copy the link",
  expires: (time: string) => `Works until ${time}.`,
  asking: "Asking the exchange…",
  done: "Done",
} as const;

export const watchWords = {
  title: (name: string) => `What ${name} sees`,
  realized: "Realised",
  unrealized: "Open",
  worst: "At the worst settlement",
  positions: "Positions",
  noPositions: "None yet.",
  orders: "Open orders",
  noOrders: "None.",
  fills: "Last fills",
  noFills: "None yet.",
  looking: "Looking…",
  buy: "Buy",
  sell: "Sell",
  positionHeads: [
    ["Symbol"],
    ["Position", "num"],
    ["Average", "num"],
    ["Mark", "num"],
    ["P&L", "num"],
  ],
  orderHeads: [["Symbol"], ["Side"], ["Price", "num"], ["Rests", "num"], ["Filled", "num"]],
  fillHeads: [["Symbol"], ["Side"], ["Price", "num"], ["Size", "num"], ["Time", "num"]],
} as const;

export const exposureWords = {
  /** The side on which a loss is unbounded. */
  unbounded: { above: "Unbounded above", below: "Unbounded below", both: "Unbounded both ways" },
  /** A sentence about one underlying. */
  endless: (underlying: string, cause: string, end: "above" | "below", perPoint: string) =>
    `${underlying}: ${cause ? `${cause}, ` : ""}unbounded ${end}, ${perPoint} a point`,
  finite: (underlying: string, money: string, at: string) => `${underlying}: ${money} at ${at}`,
  scalar: (symbol: string, end: "above" | "below") =>
    `${end === "above" ? "short" : "long"} ${symbol}`,
  options: { above: "short calls", below: "short puts" },
  room: "Sum of all losses at the worst settlement",
} as const;
