/** The words of every chart. */
export const chartWords = {
  summary: (count: number, last: string, low: string, high: string, since: string) =>
    `${count} ${count === 1 ? "trade" : "trades"} since ${since}: last ${last}, low ${low}, high ${high}.`,
  failed: "The chart could not be loaded. Reload the page to try again.",
  /** Their licence asks for the notice and the link where people see the chart. */
  credit: "Charts by TradingView",
  notice: "TradingView Lightweight Charts™. Copyright © TradingView, Inc.",
  maker: "https://www.tradingview.com/",
} as const;
