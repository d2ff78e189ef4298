/** Words of the trader's view and of the payoff. */

import type { Side } from "#protocol";
import { sideLower } from "#lib/terminal/desk/words.ts";
import { keyName } from "#lib/ui/key-names.svelte.ts";

export const words = {
  payoff: "My payoff at settlement",
  /** Worst and best have the P&L of closed trades in them. */
  payoffRealized: (money: string) => `My payoff at settlement, ${money} realised in it`,
  payoffWith: (side: Side, qty: string, symbol: string, price: string) =>
    `My payoff, and with ${sideLower(side)} ${qty} ${symbol} at ${price}`,
  payoffSpread: "My payoff, and with the spread",
  payoffNone: "Nothing held here yet.",
  get payoffMore() {
    return `Show or hide the payoff at settlement (${keyName("KeyP")})`;
  },
  worst: (money: string, where: string) => `worst ${money} ${where}`,
  /** The change of worst or best; an unchanged settlement is named once. */
  change: (what: "worst" | "best", before: [string, string], after: [string, string]) =>
    before[0] === after[0]
      ? `${what} ${after[0]} ${after[1]}`
      : `${what} ${before[0]}${before[1] === after[1] || before[1] === "" ? "" : ` ${before[1]}`} → ${after[0]} ${after[1]}`,
  best: (money: string, where: string) => `best ${money} ${where}`,
  open: "My view",
  openTitle: "What you expect the underlying to settle at: gives options a theoretical value",
  title: (symbol: string) => `My view of ${symbol}`,
  of: (view: string, symbol: string) => `${view}: my view of ${symbol}`,
  short: (mean: string | null, sd: string | null) =>
    `${mean ?? "Mid"}${sd === null ? "" : ` ± ${sd}`}`,
  mean: "I expect it to settle at",
  meanHint: "Empty: follows the middle of the market, else the last trade.",
  sd: "Give or take (standard deviation)",
  sdHint: "In price units. Options have a value once this is given.",
  negative: "Zero or more.",
  likely: (low: string, high: string, lowest: string, highest: string) =>
    `About two times in three between ${low} and ${high}, 19 in 20 between ${lowest} and ${highest}.`,
  noPrice: "No market to follow yet: enter what you expect.",
  private: "Only you see it; it stays in this browser.",
  clear: "Clear",
  done: "Done",
} as const;
