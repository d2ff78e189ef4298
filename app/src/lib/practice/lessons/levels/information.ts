/** Level of practice: trade what you know. */

import type { Level } from "./level.ts";

export const information: Level = {
  id: "information",
  title: "Trade what you know",
  idea: "Your own cards tell you something that the price does not know yet. Buy when it is too low by your hand, sell when it is too high.",
  minutes: 4,
  game: {
    format: "card_sum",
    params: { cards_each: 6, table: 2, options: false, trade_seconds: 65, reveal_seconds: 4 },
    bots: [
      { kind: "maker", count: 2 },
      { kind: "noise", count: 2 },
      { kind: "sleeper", count: 1 },
    ],
    learning: true,
    isBrisk: true,
    isTelling: true,
  },
  goals: [
    {
      measure: "known",
      least: 20,
      text: "Gain 20, measured by what your own hand says",
      short: "Gained",
    },
    { measure: "maxPosition", most: 30, text: "Never hold more than 30", short: "Most held" },
  ],
  hints: [
    {
      id: "hand",
      when: ({ canTrade, fills }) => canTrade && fills === 0,
      text: "A card is worth 7 on average. Compare “Worth by your hand” with the market: which side is wrong?",
    },
    {
      id: "bargain",
      when: ({ canTrade, bargain }) => canTrade && bargain !== null,
      text: "There is a price in the market that is wrong by your hand. Take it before somebody else does.",
    },
    {
      id: "turned",
      when: ({ isRevealing }) => isRevealing,
      text: "Now everybody knows this card. Work out the new value before the others move their prices.",
    },
  ],
  part: null,
  lesson: {
    won: "You traded in the direction of your hand, and stopped when the price had come there.",
    lost: "Your hand said what the price was missing. Buy below your value, sell above it, and keep away from trades that it says nothing about.",
  },
};
