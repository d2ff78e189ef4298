/** Words of settlements: the payouts, and the seconds in which a settlement can be taken back. */

export const words = {
  title: (symbol: string) => `Settle ${symbol}`,
  value: "Final value",
  underlyingValue: (symbol: string) => `Final value of ${symbol}`,
  options: "Its options settle with it:",
  payouts: "Who is paid what",
  heads: [["Who"], ["Payout", "num"], ["P&L after", "num"]],
  total: "Total",
  nobody: "Nobody holds a position in it.",
  enter: "Enter a value to see who is paid what.",
  warning: "Open orders are cancelled. You have five seconds to take it back.",
  beyond: (symbol: string, value: string, end: "below" | "above", bound: string) =>
    `${value} is ${end} ${bound}, the ${end === "below" ? "lowest" : "highest"} value that you gave ${symbol}. The worst losses that traders were shown assumed this bound. You can settle all the same.`,
  action: (symbol: string, value: string) => `Settle ${symbol} at ${value}`,
  optionAction: (symbol: string, underlying: string, value: string) =>
    `Settle ${symbol} with ${underlying} at ${value}`,
  undo: {
    hint: "It is sent when the time runs out, unless you undo it or leave this page.",
    left: (seconds: number) => `${seconds} s`,
    undo: "Undo",
    now: "Settle now",
    undone: (action: string) => `Taken back: “${action}” was not sent.`,
    lost: (action: string) =>
      `“${action}” was not done: the page was left before it was sent. Settle again if you want it.`,
    read: "OK",
    busy: (action: string) => `“${action}” is still waiting: undo it or settle it first.`,
  },
} as const;
