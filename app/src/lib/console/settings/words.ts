/** Words of the settings of the game. */

import type { BotsSetting, NamesSetting, Scoring } from "#protocol";
import { formatQty } from "#lib/format.ts";

export const words = {
  title: "Settings of the game",
  edit: "Change…",
  save: "Save",
  unsaved: "Not saved yet: Save changes it for everybody.",
  scoring: "Rounds are scored by",
  scorings: {
    pnl: "P&L",
    luck_adjusted: "P&L without luck",
    risk_adjusted: "P&L for the risk",
    quoting: "Quoting",
    rank: "Places",
  } satisfies Record<Scoring, string>,
  scoringHints: {
    pnl: "Money won and lost. All scores together are zero.",
    luck_adjusted:
      "Edge and information: what the trades were worth when they were made. In games without fair values: P&L.",
    risk_adjusted: "P&L divided by how much it moved on the way, second by second.",
    quoting: "Contracts at the best prices on both sides, over the time of trading.",
    rank: "A point for each player who ends a round behind.",
  } satisfies Record<Scoring, string>,
  minTrades: "Trades to be ranked",
  minTradesHint: "Who trades less in a round has a score and no rank. 0: everybody is ranked.",
  noLeast: "None needed",
  least: (trades: number) => formatQty(trades),
  bots: "Trading by API",
  botSettings: {
    none: "Nobody",
    host: "Your bots",
    anybody: "Anybody",
  } satisfies Record<BotsSetting, string>,
  names: "Names in the analysis",
  nameSettings: { shown: "Shown", masked: "Masked" } satisfies Record<NamesSetting, string>,
  namesHint:
    "Of the debrief after the close. Masked: everybody reads Trader 1, Trader 2, in the order of joining, and finds the own row. Your files keep the names.",
} as const;
