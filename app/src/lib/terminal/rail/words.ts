/** Words of the list of instruments. */

export const words = {
  title: "Instruments",
  search: "Search",
  chain: "Options chain",
  noMatch: "No instrument matches.",
  columns: { bid: "Bid", ask: "Ask", last: "Last", position: "Pos" },
} as const;
