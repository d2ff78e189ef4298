/** Every string that people read outside the terminal, by area, so that it can be translated. */

import type { Message, Side } from "#protocol";

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

const traderCount = (count: number) => plural(count, "trader", "traders");

export const text = {
  product: "The Market Making Game",
  role: { exchange: "Exchange", trader: "Trader", spectator: "Spectator" },
  error: {
    title: "Something went wrong",
    hint: "Reload the page. If it happens again, tell the host.",
    notFound: "There is no such page",
    notFoundHint: "Check the address, or start from the lobby.",
    back: "Back to the lobby",
  },
  lobby: {
    lead: "Open a room, share its link, and trade against each other on a real order book: scalars, calls and puts. No account, nothing to install.",
    create: {
      title: "Create a room",
      name: "Name of the room (optional)",
      namePlaceholder: "Friday game",
      template: "Starts with",
      preset: (name: string) => `Saved: ${name}`,
      templates: { options: "An index with calls and puts", empty: "No instruments" },
      passcode: "Passcode (optional)",
      passcodeHint: "Traders must type it to join.",
      submit: "Create room",
    },
    join: {
      title: "Join a room",
      code: "Room code or link",
      hint: "Six letters and digits, from the host.",
      placeholder: "ACDEFG",
      notACode: "This is not a room code or link. A code has six letters and digits.",
      neverInCodes: (wrong: string, never: string) =>
        `${wrong} cannot be in a room code: codes never contain ${never}.`,
      submit: "Join",
    },
    recent: {
      title: "Recent rooms",
      unnamed: "Unnamed room",
      closed: "Closed",
      closedHint: "The session is over: you can look at its results.",
      gone: "Gone",
      goneHint: "The server no longer has this room.",
      remove: (code: string) => `Remove room ${code} from the list`,
    },
  },
  join: {
    room: (code: string) => `Room ${code}`,
    title: "Join the room",
    counts: (room: { traders: number; instruments: number }) =>
      `${traderCount(room.traders)}, ${plural(room.instruments, "instrument", "instruments")}`,
    name: "Your name",
    hostName: "Your name as the host",
    hostHint: "You run the exchange from here. Players see this name.",
    passcode: "Passcode",
    spectate: "Only watch.",
    spectateHint: "You see the market, but cannot trade.",
    submit: "Join",
    openConsole: "Open the console",
    screenName: (number: number) => (number === 1 ? "Screen" : `Screen ${number}`),
    screenHint: "The projector screen of this room: it shows nothing private.",
    openScreen: "Open the screen",
    joining: "Joining…",
    badName: "A name has 1 to 24 characters, and no invisible ones.",
    seatLost: "Your old seat in this room is no longer valid. Join again under a name.",
  },
  over: {
    title: "The session is closed",
    pnl: "Your P&L",
    rank: (place: number, all: number) => `Place ${place} of ${all}`,
    leaderboard: "Final leaderboard",
    place: "Place",
    name: "Name",
    pnlShort: "P&L",
    you: "(you)",
    settlements: "Settled at",
    unsettled: (count: number) =>
      `${plural(count, "instrument was", "instruments were")} not settled: positions keep their last mark.`,
    again: "Results",
    files: "Your orders and fills, and all trades:",
    downloadFailed: "The file could not be downloaded. Try again.",
    stay: "Stay and look",
  },
  room: {
    looking: "Looking for the room…",
    unknown: "There is no such room",
    unknownHint: "Check the code with the host. Codes have six letters and digits.",
    closed: "This session is closed",
    closedHint: "It takes no more players. Its results can be downloaded by those who took part.",
    unreachable: "The server cannot be reached. Trying again…",
    loadFailed: "A part of the page could not be loaded.",
    reload: "Reload",
    ended: "The connection has ended",
    useHere: "Use this window instead",
    somebodyElse: "Join as somebody else",
  },
  connection: {
    silent: "No answer from the server: what is shown may be old.",
    lost: "Connection lost",
    back: "Connected again",
  },
  ui: {
    close: "Close",
    dismiss: "Dismiss",
    keep: "Cancel",
    dark: "Dark",
    light: "Light",
    toDark: "Switch to the dark theme",
    toLight: "Switch to the light theme",
    copy: "Copy",
    copied: "Copied",
    lower: (what: string) => `${what}: lower`,
    raise: (what: string) => `${what}: raise`,
  },
  number: {
    required: "Give a number.",
    unreadable: "Not a number: write digits, and a point for decimals.",
    decimals: "At most six decimals.",
    positive: "Must be more than zero.",
    whole: "Must be a whole number.",
    atLeast: (least: string) => `At least ${least}.`,
    atMost: (most: string) => `At most ${most}.`,
  },
  net: {
    unreachable: "The server cannot be reached. Check your connection and try again.",
    strange: (status: number) =>
      `The server gave an answer that this page does not understand (${status}).`,
    offline: "You are not connected, so nothing was sent. Try again when the connection is back.",
    taken: "The order that you gave when the connection dropped was taken. Check your orders.",
    unsent: {
      order:
        "The connection dropped before this order was taken: it was not sent. Send it again from Orders if you still want it.",
      change: "The connection dropped before this change was taken: it was not made.",
    },
    gone: "The connection ended before the exchange answered. Check your orders.",
    superseded: "This seat was opened in another tab or on another device.",
    kicked: "The host removed you from the room.",
    left: "You left the room.",
  },
  event: {
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
  },
} as const;
