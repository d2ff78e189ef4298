/** Words of rounds, for all screens. */

import type { Side } from "#protocol";

export const roundWords = {
  label: "Round",
  number: (n: number, title: string) => `Round ${n}: ${title}`,
  paused: "Paused",
  aborted: "Aborted: its trades count for nothing",
  done: "Over",
  knownDeal: "Known deal",
  knownDealHint:
    "The host has given the seed: the cards may be known, and the round does not count.",
  untimed: "Until the host goes on",
  untimedAlone: "Until you press Next step",
  hand: "Your hand",
  dealt: "Dealt to you",
  noHand: "No cards yet",
  hidden: "Hidden",
  hide: "Hide",
  show: "Show",
  table: "Table",
  noTable: "Nothing turned yet",
  notSeated: "You came after the start of this round: you look on, and play from the next one.",
  lateButIn:
    "You came after the start: you trade as everybody else does, and the result counts it.",
  rules: "Rules",
  worthByHand: "Worth by your hand",
  worthByTable: "Worth by the table",
  /** Names for games in which nobody holds cards. */
  worthNow: "Worth now",
  shownSoFar: "So far",
  worth: (symbol: string, mean: string, sd: string) => `${symbol} ${mean} ± ${sd}`,
  answer: "Your number",
  width: "Width at which you would quote",
  bid: "Bid",
  obligation: (share: number, target: number) =>
    `You have quoted ${Math.round(share * 100)} % of the trading time; ${Math.round(target * 100)} % is your duty.`,
  penalty: (points: string) => `Penalty so far ${points}.`,
  duty: {
    noBid: "Nobody has bid yet: the narrowest width wins the right to make the market.",
    bestBid: (width: number, name: string) =>
      `The narrowest is ${width}, by ${name}. Bid less to win.`,
    ownBid: (width: number) => `The narrowest is ${width}, yours. You win if nobody bids less.`,
    nobodyWon: "Nobody bid a width: there is no market.",
    /** Obligations of a bid, told before it is made. @param width null: not typed yet */
    binds: (width: number | null, others: number) =>
      `If you win, you must quote a bid and an ask ${width === null ? "of your width" : width} apart, ${others} or more on each side: ${
        others === 1
          ? "the other player buys from you or sells to you"
          : `each of the ${others} others buys one from you or sells one to you`
      }. A bid cannot be taken back.`,
    takers:
      "Whoever does not win must buy or sell one at the winner's prices; the game trades for who has not by the end.",
    quote: (width: number, others: number) =>
      `You make the market: quote a bid and an ask ${width} apart, at least ${others} on each side.`,
    stands: (traded: number, others: number) =>
      `Your market stands until the end of the trading: ${traded} of ${others} have traded with you.`,
    maker: (width: number, name: string) => `${name} has won with ${width}, and makes the market.`,
    mustTrade: (name: string) =>
      `${name} makes the market: you must buy or sell one. If you have not by the end, the game trades for you.`,
    hasTraded: (why: string) => `${why} Nothing more is asked of you.`,
    /** The reason of a position after a contest. */
    took: (side: Side, price: string, name: string, width: number) =>
      `You ${side === "buy" ? "bought" : "sold"} 1 at ${price} because ${name} won with width ${width}.`,
    tookByGame: (side: Side, price: string, name: string, width: number) =>
      `You ${side === "buy" ? "bought" : "sold"} 1 at ${price} because ${name} won with width ${width}: the game trades for whoever has not by the end.`,
    gave: (bought: number, sold: number, width: number) =>
      `You ${[bought > 0 ? `bought ${bought}` : "", sold > 0 ? `sold ${sold}` : ""].filter((part) => part !== "").join(" and ")} because you won with width ${width}.`,
    rules: {
      noShorts: "You cannot sell what you do not hold",
      cancelAll: "Every trade cancels all quotes",
      width: (width: number) => `Quotes at most ${width} wide`,
      qty: (qty: number) => `Orders of at least ${qty}`,
      ante: (ante: number, isPaid: boolean, isOwn: boolean) =>
        `${isOwn ? "You" : "Everybody"} ${isPaid ? "paid" : isOwn ? "pay" : "pays"} ${ante} into the pot${
          isPaid && isOwn ? ", which your P&L has in it" : ""
        }`,
      quoting: (share: number, width: number, qty: number) =>
        `Quote both sides ${Math.round(share * 100)} % of the time, at most ${width} wide, ${qty} or more`,
    },
  },
  send: "Send",
  sent: "Sent. You can change it until the step ends.",
  result: {
    title: "Result",
    shown: "Shown",
    rank: "#",
    name: "Name",
    pnl: "P&L",
    edge: "Edge",
    information: "Information",
    luck: "Luck",
    score: "Score",
    bonus: "Bonus",
    penalty: "Penalty",
    corrected: "A final value was corrected since.",
    awards: "Awards",
    figures: "What the figures mean",
    bot: "(bot)",
    noLuck:
      "No luck this time: everything that counted was in hands or on the table, so that all hands together knew the final value.",
    awardOf: { edge: "Sharpest", information: "Best informed", luck: "Luckiest" },
    check: "Check the deal",
    hideCheck: "Hide the check",
    checking: "The deal is being checked…",
    checkFailed: "The check could not be loaded. Try again.",
    settled: "Settled at",
    hands: "Hands",
    handsDealt: "Hands as dealt",
    deck: "The whole deck",
    seed: "Seed",
    seedHint: "Anybody can deal the round again from it: see the API page.",
    standings: "Standings",
    standingsOver: (rounds: number) => `Standings over ${rounds} rounds`,
    place: "Place",
    rounds: "Rounds",
    hints: {
      edge: "Gained against the value that the table tells",
      information: "Gained by what all hands together know beyond the table",
      luck: "The rest: nobody could know it",
      bonus: "What the pot paid, less the ante, and the value of the dealt cards before the deal",
      penalty: "For quoting less than was asked",
    },
  },
} as const;
