/** Words of the projector. */

import type { Side } from "#protocol";
import { noTrading, plural } from "#lib/words.ts";

export const words = {
  round: {
    answered: (count: number, seats: number) => `${count} of ${seats} have answered`,
    settled: "Settled at",
  },
  page: (at: number, of: number) => `Page ${at} of ${of}`,
  title: "Projector",
  between: noTrading,
  states: {
    lobby: "Starts soon",
    open: "Open",
    paused: "Paused",
    closed: "Closed",
    waiting: "Joining",
  },
  left: "left",
  join: {
    label: "How to join",
    code: (code: string) => `Room code ${[...code].join(" ")}`,
    qr: (link: string) => `QR code of ${link}`,
    traders: (count: number) => `${plural(count, "trader", "traders")} in`,
    passcode: "A passcode is needed: ask the host.",
    localOnly:
      "Only this computer can open this room. Others can once the game is started with: HOST=0.0.0.0\u00a0npm\u00a0start",
    codeOnly: (code: string) => `Room ${code}`,
    how: (host: string, code: string) => `Open ${host} and type ${code}`,
  },
  welcome: {
    title: "Join the game",
    open: "Open",
    type: "and type",
    code: "Room",
    scan: "or scan",
    nobody: "Nobody is in yet.",
    begins: "The market begins with the first order.",
    soon: "The host starts soon.",
    more: (count: number) => `and ${count} more`,
  },
  market: {
    bid: "Bid",
    ask: "Ask",
    last: "Last",
    noTrade: "No trade yet",
    settledAt: "Settled at",
    book: "Best bids and offers",
    noBook: "No bids or offers.",
    chart: (symbol: string) => `Price of ${symbol}`,
    noChart: "The chart begins with the first trade.",
    noInstruments: "No instruments yet.",
    move: { "-1": "down", 0: "unchanged", 1: "up" },
    size: "Size",
  },
  band: {
    lobby: "Trading has not started",
    paused: "Trading is paused",
    timeUp: "Time is up",
    halted: (symbol: string) => `${symbol} is halted`,
    someHalted: (symbols: readonly string[]) =>
      `${symbols.length === 1 ? symbols[0] : symbols.length} halted`,
  },
  trades: {
    title: "Last trades",
    none: "No trades yet.",
    range: (from: string, to: string) => `${from} to ${to}`,
    named: (
      { aggressor, others }: { aggressor: string; others: string },
      side: Side,
      qty: string,
      symbol: string | null,
      price: string,
    ) =>
      `${aggressor} ${side === "buy" ? "lifted" : "hit"} ${others}: ${qty}${symbol === null ? "" : ` ${symbol}`} at ${price}`,
    sentence: (side: Side, qty: string, symbol: string | null, price: string) =>
      `${qty}${symbol === null ? "" : ` ${symbol}`} ${side === "buy" ? "lifted" : "hit"} at ${price}`,
  },
  news: { label: "News" },
  leaderboard: {
    title: "Leaderboard",
    none: "Appears with the first trade.",
    up: (places: number) => `up ${places}`,
    down: (places: number) => `down ${places}`,
  },
  reveal: {
    settles: "settles at",
    corrected: "settlement corrected to",
    options: (count: number) => `and ${plural(count, "option", "options")} with it`,
    gained: "Gained most",
    lost: "Lost most",
    nobody: "Nobody",
    unmoved: "Nobody has gained or lost in it.",
  },
  final: {
    title: "Final leaderboard",
    none: "Nobody has traded.",
    settlements: "Settled at",
    debrief: "Scan to see where your P&L came from",
    qr: "QR code of the debrief",
    more: (count: number) => `and ${count} more`,
  },
  connection: {
    silent: "No answer from the server: the screen may be out of date.",
    lost: "Connection lost: the screen stands still until it is back.",
  },
  controls: {
    label: "What the screen shows",
    back: "Previous instrument (←)",
    on: "Next instrument (→)",
    instrument: "Instrument (1 to 9)",
    follow: "Follow the trades",
    turn: "In turn",
    goOn: "Go to the new room",
    fullScreen: "Full screen",
    keys: { follow: "L", turn: "T", fullScreen: "F" },
  },
} as const;
