/** Words of practice. */

import { plural } from "#lib/words.ts";
import type { Part } from "./review/review.ts";

export const practiceWords = {
  title: "Practice",
  you: "You",
  lead: "Six short games against bots, one idea each. Nobody watches, nothing is at stake: lose a few.",
  number: (n: number) => `Level ${n}`,
  minutes: (n: number) => `${n} minutes`,
  state: { won: "Won", played: "Not won yet", fresh: "New" },
  play: "Play",
  again: "Play again",
  goOn: "Go on",
  goOnHint: "You left this game in the middle.",
  free: {
    title: "Free play",
    idea: "Any game against any bots, without a goal. Its review shows where your P&L came from.",
    settings: "Settings of the game",
    bots: "Bots",
    learning: "Show what everything is worth",
    start: "Start the game",
    noBots: "Add a bot at least: nobody trades alone.",
    seats: (least: number, most: number) =>
      `This game is for ${least} to ${most} players, you among them.`,
    back: "All of practice",
  },
  offline: {
    ready: "Practice is kept in this browser: it works without a network.",
    keeping: "Practice is being kept in this browser, so that it works without a network.",
    never:
      "Practice needs no server while you play. To open it without a network, the page has to be served over HTTPS.",
  },
  stage: {
    label: "The level",
    goals: "Goals",
    done: (value: string, bound: number) => `${value} of ${bound}`,
    pause: "Pause",
    resume: "Go on",
    next: "Next step",
    nextHint: "Ends this step of the game",
    leave: "Leave",
    dismiss: "Dismiss the hint",
    hint: "Hint",
    starting: "The bots take their seats…",
    failed: "The game cannot go on",
    restart: "Start again",
  },
  review: {
    won: (title: string) => `Won: ${title}`,
    lost: (title: string) => `Not this time: ${title}`,
    free: "Review",
    goals: "Goals",
    reached: "Reached",
    missed: "Missed",
    value: (value: string) => `you: ${value}`,
    cameFrom: "Where your P&L came from",
    total: "P&L",
    parts: {
      spread: "Spread",
      selection: "Selection",
      drift: "Drift",
    } satisfies Record<Part, string>,
    partHints: {
      spread: "Earned when others took your price, paid when you took theirs",
      selection: "Whether the price moved for you or against you in the five seconds after a trade",
      drift: "What you then held gained or lost until the end",
    } satisfies Record<Part, string>,
    apart: "Pot, cards",
    apartHint: "What the pot paid you less your ante, and the cards you were dealt",
    deciding: "The trades that decided it",
    none: "You have not traded. Press a price to trade at it, or make one of your own.",
    bots: "What the bots did",
    next: (title: string) => `Next: ${title}`,
    all: "All levels",
    look: "Look at the market",
    back: "Back to the review",
  },
  /** Trades of one direction within a minute, in a sentence. */
  trades: {
    one: (
      isBuy: boolean,
      qty: string,
      symbol: string,
      price: string,
      other: string,
      isMaker: boolean,
    ) =>
      isMaker
        ? `${other} ${isBuy ? "sold you" : "bought"} ${qty} ${symbol} ${isBuy ? "at your bid of" : "from you at your ask of"} ${price}`
        : `You ${isBuy ? "bought" : "sold"} ${qty} ${symbol} at ${price}, ${isBuy ? "from" : "to"} ${other}`,
    many: (isBuy: boolean, qty: string, symbol: string, price: string) =>
      `You ${isBuy ? "bought" : "sold"} ${qty} ${symbol} at ${price} within a minute`,
    market: (price: string) => `the market was ${price}.`,
    share: (percent: number) => `${percent} % of all gains and losses`,
  },
  /** Reasons for which trades made or lost money, by their heaviest part. */
  why: {
    spread: (isGain: boolean, gap: string) =>
      isGain
        ? `That is a spread of ${gap}, earned for waiting.`
        : `You paid ${gap} for trading at once.`,
    selection: (isGain: boolean, later: string) =>
      isGain
        ? `Five seconds later it stood at ${later}: you were ahead of it.`
        : `Five seconds later it stood at ${later}: you were picked off by somebody who knew or was faster.`,
    drift: (isGain: boolean, settled: string) =>
      isGain
        ? `It settled at ${settled}: what you held went your way.`
        : `It settled at ${settled}: what you held went against you.`,
  },
  /** After a win that the result does not bear out, by the part that decided. */
  yet: {
    spread: "You reached the goals, but paid more for trading at once than you earned.",
    selection:
      "You reached the goals, but lost it to those who knew more: after each hit, move your price before you offer it again.",
    drift:
      "You reached the goals, but what you held when it was settled lost more than the rest made. Hold less, and the next game need not end so.",
    lucky:
      "You reached the goals. Most of the money came from what you held when it was settled, though: that was luck, and can go the other way.",
  },
  somebody: "Somebody",
  contracts: (n: number) => plural(n, "contract", "contracts"),
  leave: {
    title: "Leave the game?",
    text: "It is not finished, and is lost if you leave it.",
    leave: "Leave",
  },
} as const;
