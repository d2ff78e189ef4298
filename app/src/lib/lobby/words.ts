/** Words of the lobby. */

export const lobbyWords = {
  lead: "A trading game for three to two hundred people. Everybody makes prices for an unknown number, trades on a real order book, and finds out at the end who was right.",
  glimpse: {
    steps: [
      "One person chooses a game, creates a room and shares its link. The others join under a name: no account, nothing to install.",
      "Bid below what you think it is worth, ask above, or trade at somebody else's price. Calls and puts as well.",
      "The host settles at the true value. Whoever bought too high or sold too low pays the others.",
    ],
    bids: "Bids",
    asks: "Asks",
    caption: "Somebody bids 99 for ten, somebody asks 101 for five. What is your price?",
    /** The last trade of the market beside it. */
    traded: (side: "buy" | "sell", qty: string, price: string) =>
      `Bots, live: somebody ${side === "buy" ? "bought" : "sold"} ${qty} at ${price}. What is your price?`,
    play: "Play now",
    alone: "Alone? Play now against bots, in your browser.",
    practice: "All practice levels",
  },
  create: {
    title: "Create a room",
    name: "Name of the room (optional)",
    namePlaceholder: "Friday game",
    template: "Starts with",
    preset: (name: string) => `Saved: ${name}`,
    templates: { options: "An index with calls and puts", empty: "No instruments" },
    passcode: "Passcode (optional)",
    passcodeHint: "Traders must type it to join.",
    more: "More settings",
    markLots: "Lots from which a quote counts for the mark",
    markLotsHint:
      "The mark values open positions: the middle of bid and ask, each with so many lots. A smaller order moves nobody's P&L.",
    submit: "Create room",
    submitWith: (game: string) => `Create room: ${game}`,
  },
  join: {
    title: "Join a room",
    code: "Room code or link",
    hint: "Six letters and digits, from the host.",
    placeholder: "ACDEFG",
    notACode: "This is not a room code or link. A code has six letters and digits.",
    neverInCodes: (wrong: string, never: string) =>
      `${wrong} cannot be in a room code: codes never contain ${never}.`,
    submit: "Join",
  },
  recent: {
    title: "Recent rooms",
    unnamed: "Unnamed room",
    closed: "Closed",
    closedHint: "The session is over: you can look at its results.",
    gone: "Gone",
    goneHint: "The server no longer has this room.",
    remove: (code: string) => `Remove room ${code} from the list`,
  },
} as const;
