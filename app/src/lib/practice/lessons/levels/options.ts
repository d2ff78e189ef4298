/** Level of practice: price an option. */

import type { Level } from "./level.ts";

export const options: Level = {
  id: "options",
  title: "Price an option",
  idea: "A call pays what the index ends above its strike. The further the index can still go, the more it is worth.",
  minutes: 5,
  game: {
    format: "walk",
    params: {
      ...{ start: 100, steps: 5, vol: 2, trade_seconds: 40, reveal_seconds: 4 },
      news: [{ step: 3, vol: 6, text: "From here on the index takes larger steps." }],
    },
    bots: [
      { kind: "sleeper", count: 3 },
      { kind: "maker", count: 1 },
      { kind: "noise", count: 2 },
    ],
    learning: true,
    isBrisk: true,
  },
  goals: [
    {
      measure: "options",
      least: 8,
      text: "Trade 8 contracts in calls and puts",
      short: "Options",
    },
    { measure: "edge", least: 10, text: "Gain 10 against the fair values", short: "Gained" },
  ],
  hints: [
    {
      id: "chain",
      when: ({ canTrade, optionFills }) => canTrade && optionFills === 0,
      text: "Open the chain: calls on the left, puts on the right. The number with a sign beside a price is its edge: what a click there gains against the fair value.",
    },
    {
      id: "bargain",
      when: ({ canTrade, bargain }) => canTrade && bargain !== null,
      text: "A price in the chain has an edge above +1.0. Click it: you buy more than a point below the fair value, or sell as far above it.",
    },
    {
      id: "step",
      when: ({ isRevealing }) => isRevealing,
      text: "The index has moved: calls and puts are worth something else now. Slow quotes still stand at the old prices.",
    },
    {
      id: "hedge",
      when: ({ position }) => Math.abs(position) >= 8,
      text: "What you hold gains or loses with every step of the index. To keep only what the option was mispriced by, trade some INDEX the other way.",
    },
  ],
  part: null,
  lesson: {
    won: "You bought options for less than they pay on average, or sold them for more. Over many games that is what counts, whatever a single one pays.",
    lost: "Look at the fair value of an option before you trade it. An option whose strike is far away is cheap because it seldom pays; larger steps make every option worth more.",
  },
};
