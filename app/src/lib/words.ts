/** Words of several screens. */

/** A number with its noun. */
export const plural = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/** An instrument of an earlier round that the page has never seen listed: the exchange sends its number alone. */
export const unnamed = (inst: number) => `Earlier #${inst}`;
export const unnamedHint =
  "An instrument of an earlier round: this page was opened later, and does not know its name.";

/** The two sums of money that are told of a settlement, by the same words on every screen. */
export const pnlWords = {
  /** @param options number of options on it that are settled with it */
  inIt: (symbol: string, options = 0) =>
    `P&L in ${symbol}${options === 0 ? "" : options === 1 ? " and its option" : " and its options"}`,
  total: "Total P&L",
  /** A final value, where it is told. */
  settled: (symbol: string, value: string, corrected: boolean) =>
    corrected ? `${symbol}: settlement corrected to ${value}` : `${symbol} settled at ${value}`,
} as const;

export const common = {
  product: "The Market Making Game",
  role: { exchange: "Exchange", trader: "Trader", spectator: "Spectator" },
  error: {
    title: "Something went wrong",
    hint: "Reload the page. If it happens again, tell the host.",
    notFound: "There is no such page",
    notFoundHint: "Check the address, or start from the lobby.",
    back: "Back to the lobby",
  },
  loadFailed: "A part of the page could not be loaded.",
  results: "Results",
} as const;

/** The state of a room in a step of a round that lets nobody trade. */
export const noTrading = "No trading";

/** The state of a halted instrument. @param byStep a step of a round halts them all, and not the host this one */
export const haltedText = (byStep: boolean) => (byStep ? noTrading : "Halted");
