/** Words about people: their table, limits, lists and exposure. */

import { formatQty } from "#lib/format.ts";
import { pnlWords } from "#lib/words.ts";

const worstHint = "P&L if every underlying settles at the worst value for this person";
const requestsHint = "Requests in the last 10 seconds, and how many of them were refused";

export const words = {
  title: (traders: number) => `People (${traders})`,
  empty: "Nobody has joined yet. Share the link.",
  heads: [
    ["Name"],
    [pnlWords.total, "num"],
    ["At worst", "num", worstHint],
    ["Requests", "num", requestsHint],
    ["Positions"],
    ["Actions", "hidden"],
  ],
  worst: "At worst",
  requests: "Requests",
  requestsHint,
  requestsUnknown: "Not known",
  requestsOfBot: "A bot of the room trades without requests",
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
  rename: "Rename…",
  renameTitle: (name: string) => `Rename ${name}`,
  renameHint: "Everybody sees the new name, in the results as well.",
  seat: "New device…",
  kick: "Remove…",
  kickTitle: (name: string) => `Remove ${name}?`,
  kickText:
    "The open orders are cancelled and the seat is lost; the name is free again. Positions stay in the results.",
  kickAction: "Remove",
  addBots: "Add bots…",
  removeBot: "Remove…",
  removeBotText: "Its open orders are cancelled. Its positions stay in the results.",
  takeSeat: "Let a bot trade",
  releaseSeat: "Take the bot away",
  program: "Program",
  programHint: "Trades by a program, not on the page",
  fast: "Fast",
  fastHint: "Has entered orders faster than a hand can",
  more: (count: number) => `+${count}`,
  total: "Total",
  markRule: (lots: number) =>
    lots === 1
      ? "P&L values open positions at the mark: the middle of the best bid and ask, else the last trade."
      : `P&L values open positions at the mark: the middle of bid and ask, each with at least ${lots} lots, else the last trade.`,
} as const;

export const botDialogWords = {
  title: "Add bots",
  action: "Add",
  kind: "Kind",
  kindHints: {
    maker: "Quotes both sides around its fair value and moves them against its position.",
    sleeper: "Quotes wide and updates late: its old prices are there to be taken.",
    noise: "Buys and sells at random, small, and pays the spread for it.",
    momentum: "Buys what rises and sells what falls, and so makes the market move.",
    informed: "Looks at its own cards and trades on them, patiently.",
    parity: "Takes prices of options that do not fit together, and locks the difference in.",
    bluffer: "Shows size that it takes away, then trades the other way.",
  },
  count: "How many",
  countHint: (most: number) =>
    most === 0 ? "The room has no place for more bots." : `Up to ${most} at once.`,
  name: "Name",
  nameHint: "Empty: they get names of their own.",
  about:
    "Bots see what a trader sees, trade under a trader’s limits, and rest while nobody is here.",
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
    "Show this to the person alone. It opens the seat once, on another device, with its orders and positions. The old device is disconnected.",
  hostTitle: "One more host",
  hostText:
    "Whoever opens this link becomes a host of the room, with all you can do. It works once.",
} as const;

export const watchWords = {
  title: (name: string) => `What ${name} sees`,
  realized: "Realised",
  unrealized: "Open",
  elsewhere: "Earlier rounds and the pot",
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
  unbounded: {
    above: "Unlimited if it rises",
    below: "Unlimited if it falls",
    both: "Unlimited both ways",
  },
  /** A sentence about one underlying. */
  endless: (underlying: string, cause: string, end: "above" | "below", perPoint: string) =>
    `${underlying}: ${cause ? `${cause}, ` : ""}unlimited loss if it ${end === "above" ? "rises" : "falls"}, ${perPoint} a point`,
  finite: (underlying: string, money: string, at: string) => `${underlying}: ${money} at ${at}`,
  scalar: (symbol: string, end: "above" | "below") =>
    `${end === "above" ? "short" : "long"} ${symbol}`,
  options: { above: "short calls", below: "short puts" },
  room: "Sum of all losses at the worst settlement",
} as const;
