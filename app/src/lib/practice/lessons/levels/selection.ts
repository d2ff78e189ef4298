/** Level of practice: do not be picked off. */

import { otherSide, quoteFirst, type Level } from "./level.ts";

export const selection: Level = {
  id: "selection",
  title: "Do not be picked off",
  idea: "Some bots know more than you. They pick you off: they take your price just before it would have moved.",
  minutes: 3,
  game: {
    format: "card_sum",
    params: { cards_each: 8, table: 0, options: false, trade_seconds: 200 },
    bots: [
      { kind: "informed", count: 6 },
      { kind: "noise", count: 2 },
    ],
    learning: false,
    isBrisk: true,
  },
  goals: [
    {
      measure: "quoted",
      least: 10,
      text: "Trade 10 contracts by your own bids and asks",
      short: "Quoted",
    },
    {
      measure: "kept",
      least: 4,
      text: "Earn 4 by quoting, after what those who knew more took",
      short: "Kept",
    },
    { measure: "maxPosition", most: 30, text: "Never hold more than 30", short: "Most held" },
  ],
  hints: [
    quoteFirst,
    {
      id: "streak",
      when: ({ streak }) => streak >= 2,
      text: "Hit twice in a row on the same side. Somebody may know more: move both prices away before the third.",
    },
    otherSide,
    {
      id: "small",
      when: ({ position }) => Math.abs(position) >= 10,
      text: "A large position that you did not choose is a sign that your price was wrong. Quote smaller, or wider.",
    },
  ],
  part: "selection",
  lesson: {
    won: "You moved after being hit, so those who know paid for it. A quote is an offer to everybody, also to who knows better.",
    lost: "The market went against you right after you traded: you were picked off. After each hit, move your price in that direction before you offer it again.",
  },
};
