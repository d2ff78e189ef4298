/** Words of settlements: what everybody makes of them, and the seconds in which a settlement can be taken back. */

import { pnlWords } from "#lib/words.ts";

export const words = {
  title: (symbol: string) => `Settle ${symbol}`,
  value: "Final value",
  underlyingValue: (symbol: string) => `Final value of ${symbol}`,
  options: "Its options settle with it:",
  results: "Who gains and loses what",
  heads: (symbol: string, options: number) =>
    [["Who"], [pnlWords.inIt(symbol, options), "num"], [pnlWords.total, "num"]] as const,
  sum: "Sum",
  nobody: "Nobody has traded in it.",
  enter: "Enter a value to see who gains and loses what.",
  warning: "Open orders are cancelled. You have five seconds to take it back.",
  beyond: (symbol: string, value: string, end: "below" | "above", bound: string) =>
    `${value} is ${end} ${bound}, the ${end === "below" ? "lowest" : "highest"} value that you gave ${symbol}. The worst losses that traders were shown assumed this bound. You can settle all the same.`,
  far: (value: string, symbol: string, last: string) =>
    `${value} is far from ${last}, at which ${symbol} traded last. Is it the value that you mean?`,
  action: (symbol: string, value: string) => `Settle ${symbol} at ${value}`,
  optionAction: (symbol: string, underlying: string, value: string) =>
    `Settle ${symbol} with ${underlying} at ${value}`,
  correct: {
    title: (symbol: string) => `Correct the settlement of ${symbol}`,
    was: (symbol: string, value: string) =>
      `${symbol} was settled at ${value}. Everybody is paid anew at the right value.`,
    value: "Right value",
    options: (symbols: string) => `Settled with it, and corrected with it: ${symbols}.`,
    heads: [["Who"], ["Change", "num"], [pnlWords.total, "num"]],
    nobody: "Nobody held a position in it.",
    unreadable: "Who is paid what cannot be read now. The correction is exact all the same.",
    warning: "Everybody is told, and the results note the correction.",
    action: (symbol: string, value: string) => `Correct ${symbol} to ${value}`,
  },
  undo: {
    hint: "It is done when the time runs out, and also if you leave this page. Undo takes it back.",
    held: "No connection: it is done as soon as the line is back. Undo takes it back.",
    left: (seconds: number) => `${seconds} s`,
    undo: "Undo",
    now: "Settle now",
    undone: (action: string) => `Taken back: “${action}” was not done.`,
    /** The page was left, or the session closed, while it could still be taken back. */
    done: (action: string) => `Done, since nobody took it back: “${action}”.`,
    lost: (action: string) => `“${action}” was not done. Settle again if you want it.`,
    read: "OK",
    busy: (action: string) => `“${action}” is still waiting: undo it or settle it first.`,
  },
} as const;
