/** Level of practice: stay near flat. */

import { otherSide, quoteFirst, type Level } from "./level.ts";

export const inventory: Level = {
  id: "inventory",
  title: "Stay near flat",
  idea: "What you hold moves with every card that is turned. A market maker wants the spread, not the bet.",
  minutes: 4,
  game: {
    format: "seventeen",
    params: { table: 3, trade_seconds: 55, reveal_seconds: 4 },
    bots: [
      { kind: "noise", count: 4 },
      { kind: "momentum", count: 1 },
      { kind: "sleeper", count: 1 },
    ],
    learning: true,
    isBrisk: true,
  },
  goals: [
    {
      measure: "quoted",
      least: 12,
      text: "Trade 12 contracts by your own bids and asks",
      short: "Quoted",
    },
    {
      measure: "maxPosition",
      most: 20,
      text: "Never hold more than 20, long or short",
      short: "Most held",
    },
    { measure: "spread", least: 6, text: "Earn 6 from the spread", short: "Spread" },
  ],
  hints: [
    {
      id: "near",
      when: ({ position }) => Math.abs(position) >= 15,
      text: "You hold nearly 20. Cancel the side that would make it more, and bring the other one closer to the market.",
    },
    {
      id: "turned",
      when: ({ isRevealing, position }) => isRevealing && position !== 0,
      text: "A card is turned, and what you hold is worth more or less at once. That was no skill: go into the next card flat.",
    },
    quoteFirst,
    otherSide,
    {
      id: "streak",
      when: ({ streak }) => streak >= 3,
      text: "Three trades in a row on the same side: to the others your price is wrong. Move bid and ask together, up if they buy, down if they sell.",
    },
  ],
  part: "drift",
  lesson: {
    won: "You kept what quoting earns and left little to the cards: that can be repeated every day.",
    lost: "What you held when the cards were turned decided, and not your prices. Shift both quotes against your position: short, bid higher; long, ask lower.",
  },
};
