/** Words of several screens. */

/** A number with its noun. */
export const plural = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

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
