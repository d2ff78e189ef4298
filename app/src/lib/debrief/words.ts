/** Words of a session's page. The meaning of each figure comes with the debrief (protocol/definitions.ts). */

import { plural } from "#lib/words.ts";
import type { Lesson } from "./model/key-trades.ts";

export const words = {
  title: "Debrief",
  loading: "Reading the session…",
  unnamed: "A session",
  facts: (traders: number, trades: number, rounds: number) =>
    [
      plural(traders, "trader", "traders"),
      plural(trades, "trade", "trades"),
      ...(rounds > 0 ? [plural(rounds, "round", "rounds")] : []),
    ].join(", "),
  running: "The session still runs: only its host sees this, as far as it has come.",
  views: {
    label: "Parts of the debrief",
    class: "The class",
    own: "My trading",
    trader: "A trader",
    replay: "Replay",
    check: "Check",
    files: "Files",
  },
  print: "Print",
  large: "Large type",
  usual: "Usual type",
  largeTitle: "Large type for the wall, to be read from the back of the room",
  noKey: "This link has no key",
  noKeyHint:
    "The key stands behind # in the link that the host or the closing screen shows. Copy the whole link.",
  refused: "This session cannot be opened",
  again: "Try again",
  masked: "Names are masked: traders are numbered in the order in which they joined.",
  gone: "Somebody who left",
  you: "(you)",
  bot: "bot",
  explain: (title: string) => `${title}: what it means`,
  workedYou: "You",
  /** A formula `s (to - from) q v` with a trade's figures. */
  worked: (
    { who, side }: { who: string; side: "buy" | "sell" },
    { qty, symbol, price }: { qty: string; symbol: string; price: string },
    { from, to, tickValue }: { from: string; to: string; tickValue: string },
    result: string,
  ) =>
    `For example: ${who} ${side === "buy" ? "bought" : "sold"} ${qty} ${symbol} at ${price}: ${side === "buy" ? "" : "−"}(${to} − ${from}) × ${qty}${tickValue === "1" ? "" : ` × ${tickValue}`} = ${result}.`,
  picture: "Picture",
  pictureTitle: (chart: string) => `Download a picture of ${chart}`,
  pictureFailed: "The picture could not be made.",
  none: "Nobody has traded.",
  noneHint: "With the first trade there is something to learn from.",
  class: {
    leaderboard: "Where the money came from",
    leaderboardHint: "Press a name for that trader's page.",
    place: "Place",
    name: "Trader",
    distribution: "P&L of the class",
    barOf: (name: string, pnl: string) => `${name}: ${pnl}`,
    bin: (from: string, to: string, count: number) =>
      `${from} to ${to}: ${plural(count, "trader", "traders")}`,
    prices: "Price, settlement and fair value",
    priceOf: (symbol: string) => `Price of ${symbol}`,
    settledAt: (value: string) => `Settled at ${value}`,
    fairAt: (value: string) => `Fair value ${value}`,
    neverSettled: "Never settled",
    options: (count: number) => `Show ${plural(count, "option", "options")}`,
    hideOptions: "Hide the options",
    legend: { price: "Reference price", settlement: "Settlement", fair: "Fair value" },
    aborted: "Its round was aborted: it does not count.",
    discovery: "How fast the price found the settlement",
    found: (symbol: string, time: string) =>
      `The price of ${symbol} found the settlement after ${time} (min:s) and stayed near it.`,
    notFound: (symbol: string, last: string, points: string) =>
      `The price of ${symbol} did not find the settlement: it ended at ${last}, ${points} away.`,
    matrix: "Who traded with whom",
    matrixHint: "Rows buy from columns. Blue: the buyer gained. Orange: the seller gained.",
    buyer: "Buyer",
    cell: (buyer: string, seller: string, qty: string, gain: string) =>
      `${buyer} bought ${qty} from ${seller} and made ${gain}`,
    awards: "Awards",
    free: "Free money that stood",
    freeRow: (kind: string, legs: string, seconds: string) => `${kind}: ${legs}, for ${seconds}`,
    freeNone: "None stood for a second or longer.",
    leg: (side: "buy" | "sell", qty: number, symbol: string, price: string) =>
      `${side} ${qty === 1 ? "" : `${qty} `}${symbol} at ${price}`,
    rounds: "Rounds",
    round: (round: number, title: string) => `Round ${round}: ${title}`,
    roundAborted: "aborted",
  },
  trader: {
    choose: "Trader",
    result: (place: number, of: number) => `Place ${place} of ${of}`,
    parts: "Parts of the P&L",
    partsHint: "Each bar begins where the one before ended; together they are the P&L.",
    rounds: "Skill, luck and the rest",
    noLuck:
      "No luck here: everything that counted was in hands or on the table, so that all hands together knew the final value.",
    split: "Quotes and takes",
    prices: "Trades on the price",
    pricesOf: (name: string) => `Trades of ${name} on the price`,
    curve: "P&L over time",
    instrument: "Instrument",
    noTrades: "No trades in this instrument.",
    markouts: "After the trade",
    markoutsHint: "What a contract had made so many seconds after the fill, on average, in price.",
    seconds: (seconds: string | number) => `${seconds} s`,
    own: "Own",
    classMedian: "Class median",
    best: "Best",
    quoting: "Quoting",
    noQuoting: "Never quoted both sides.",
    compare: "Beside the class",
    figure: "Figure",
    placeOf: (place: number, of: number) => `${place} of ${of}`,
    partners: "By counterparty",
    contracts: "Contracts",
    key: "Trades that mattered",
    keyNone: "No trades.",
    keyReading: "Reading the trades…",
    keyFailed: "The trades could not be loaded. Reload the page.",
    keyHead: (side: "buy" | "sell", qty: string, symbol: string, price: string, others: string) =>
      `${side === "buy" ? "Bought" : "Sold"} ${qty} ${symbol} at ${price}${others === "" ? "" : ` ${side === "buy" ? "from" : "to"} ${others}`}`,
    others: (count: number) => plural(count, "trader", "traders"),
    maker: "your order was resting",
    taker: "your order came in",
    book: (before: string, after: string) =>
      `Market before ${before}, five seconds later ${after}.`,
    /** The end of a position. @param side that opened it */
    closed: (
      side: "buy" | "sell",
      all: boolean,
      qty: string,
      price: string,
      after: string,
      atOnce: boolean,
    ) =>
      `${side === "buy" ? "Sold" : "Bought back"} ${all ? "all" : qty} at ${price}${atOnce ? "" : " on average"}, ${atOnce ? `after ${after}` : `within ${after}`}.`,
    kept: (side: "buy" | "sell", qty: string, value: string, settled: boolean) =>
      `${side === "buy" ? `${qty} kept to the end` : `${qty} not bought back`}: ${settled ? "settled at" : "last trade at"} ${value}.`,
    after: (ms: number) => {
      const seconds = Math.max(0, Math.round(ms / 1000));
      if (seconds < 1) return "less than a second";
      return seconds < 100
        ? plural(seconds, "second", "seconds")
        : plural(Math.round(seconds / 60), "minute", "minutes");
    },
    replay: "Show it in the replay",
    lesson: {
      pickedOff:
        "Your quote was hit just before the market moved away: pull or widen it when news or somebody's buying is on its way.",
      chased:
        "The market turned within seconds of your order: you followed a move that was over, or met somebody who knew more.",
      paidSpread:
        "Most of it is the price: it was worse than the middle of the market. When nothing is urgent, bid or offer and wait.",
      crossedTwice:
        "You paid the spread twice, going in and coming out, and the market had hardly moved: quote one of the two, and wait.",
      cutLoss:
        "The market went against you and you got out. To the end it would have gone no better: getting out was right.",
      closedTooSoon:
        "The market went against you, you got out, and the final value was on your side: what had changed when you closed?",
      heldLoss: (reveals: boolean) =>
        reveals
          ? "You kept it while the value went the other way: ask at each reveal whether you would open the position again."
          : "You kept it, and the final value was on the other side: work out what it is worth before you take so much of it.",
      inventoryLoss:
        "The trade itself was fair, keeping it was not: lean your quotes so that others take the position off you.",
      earnedSpread:
        "You were paid for the price you showed or found: that is what a market maker lives from.",
      ahead: "The market came your way within seconds: you knew or guessed before the others did.",
      tookGain:
        "The market came your way and you took the gain: a position closed is no luck any more.",
      heldGain:
        "It was made by keeping it to the end: a good view, or luck. Would the same reasons have persuaded you again?",
      flat: "It came out even.",
    } satisfies Record<Lesson, string | ((reveals: boolean) => string)>,
  },
  files: {
    title: "Files of the session",
    own: "Your key opens your own orders and fills, and all trades.",
    class: "The class's key opens what is public.",
    host: "Your key opens everything.",
    failed: "The file could not be downloaded. Try again.",
    log: "The log, as JSON Lines: every decided request, chained by hashes.",
    delete: "Delete the session",
    deleteTitle: "Delete this session for good?",
    deleteText:
      "Its debrief, its log and all its files go, for everybody, and cannot be brought back.",
    deleteAction: "Delete for good",
    deleted: "The session is deleted.",
  },
  check: {
    title: "Is this what happened?",
    text: "This page reads the log of the session, follows its chain of hashes, and plays it again with the same engine, here in your browser. Then it compares the outcome with what was told.",
    run: "Verify",
    running: (percent: string) => `Playing the session again… ${percent}`,
    allRight: "Everything agrees.",
    wrong: "The log and what was told do not agree.",
    failed: "The check could not be made.",
    parts: (where: string) => `It parts here: ${where}.`,
    right: {
      chain: (count: number) => `The chain holds over all ${plural(count, "line", "lines")}.`,
      end: () => "The last line is the one whose hash was told when the session closed.",
      replay: (count: number) =>
        `The engine takes all ${plural(count, "line", "lines")} as the room did.`,
      trades: (count: number) => `All ${plural(count, "trade", "trades")} come out as told.`,
      positions: (count: number) =>
        `All ${plural(count, "position follows", "positions follow")} from the trades.`,
      pnl: (count: number) =>
        `The P&L of all ${plural(count, "trader", "traders")} comes out as told.`,
      deals: (count: number) =>
        `All ${plural(count, "round", "rounds")} are dealt again from the seed that was promised.`,
    },
    names: {
      chain: "Chain of hashes",
      end: "End of the log",
      replay: "Replay",
      trades: "Trades",
      positions: "Positions",
      pnl: "P&L",
      deals: "Deals",
    },
    unchecked: {
      chain: "",
      end: "No hash was told: the session runs, or is older than the log.",
      replay: "",
      trades: "Could not be compared.",
      positions: "Could not be compared.",
      pnl: "Could not be compared.",
      deals: "There was no round to deal again.",
    },
  },
} as const;
