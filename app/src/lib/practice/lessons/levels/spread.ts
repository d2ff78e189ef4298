/** Level of practice: earn the spread. */

import { otherSide, quoteFirst, type Level } from "./level.ts";

export const spread: Level = {
  id: "spread",
  title: "Earn the spread",
  idea: "Buy at your bid, sell at your ask: the difference is what a market maker lives on.",
  minutes: 3,
  game: {
    format: "card_sum",
    params: { cards_each: 1, table: 0, options: false, trade_seconds: 180 },
    bots: [
      { kind: "noise", count: 6 },
      { kind: "maker", count: 1 },
    ],
    learning: true,
    isBrisk: true,
  },
  goals: [
    {
      ...{ measure: "bothSides", least: 5, short: "Both sides" },
      text: "Buy 5 at your own bid, and sell 5 at your own ask",
    },
    { measure: "spread", least: 10, text: "Earn 10 from the spread", short: "Spread" },
    { measure: "endPosition", most: 5, text: "End nearly flat: hold 5 at most", short: "Held" },
  ],
  hints: [
    quoteFirst,
    otherSide,
    {
      id: "hit",
      when: ({ quotedFills }) => quotedFills > 0 && quotedFills < 3,
      text: "Somebody came to your price. That trade earned you half the distance between bid and ask. Keep both sides there.",
    },
    {
      id: "tighter",
      when: ({ canTrade, hasBid, hasAsk, seconds, quotedFills }) =>
        canTrade && hasBid && hasAsk && seconds > 45 && quotedFills === 0,
      text: "Nobody comes? Move your bid up and your ask down until you are the best price on both sides.",
    },
    {
      id: "flat",
      when: ({ canTrade, left, position }) => canTrade && left < 45 && Math.abs(position) > 5,
      text: "The game ends soon. Let others take off what you hold: if you have bought too much, lower your ask; if you have sold too much, raise your bid.",
    },
    {
      id: "lean",
      when: ({ position }) => Math.abs(position) >= 20,
      text: "You hold a lot on one side. Move both prices a little, so that the next trade takes you back.",
    },
  ],
  part: "spread",
  lesson: {
    won: "You sold the right to trade at once. Whoever could not wait paid you the spread.",
    lost: "The spread is paid to who waits. Keep a bid and an ask in the book all the time, closer to the value than the others.",
  },
};
