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
      text: "Open the chain: calls on the left, puts on the right. The last number in a cell, with a sign, is its edge: what a click there gains by the fair value.",
    },
    {
      id: "bargain",
      when: ({ canTrade, bargain }) => canTrade && bargain !== null,
      text: "A price is wrong by more than a point: its edge is above +1.0. Click it, and you buy below the fair value or sell above it.",
    },
    {
      id: "step",
      when: ({ isRevealing }) => isRevealing,
      text: "The index has moved: calls and puts are worth something else now. Slow quotes still stand at the old prices.",
    },
    {
      id: "hedge",
      when: ({ position }) => Math.abs(position) >= 8,
      text: "A bought call moves with the index. Sell some of the index against it, if you only want the option's price to be right.",
    },
  ],
  part: null,
  lesson: {
    won: "You paid less than options pay on average. That is all there is to it, over many games.",
    lost: "Look at the worth of each option before you trade it: far strikes are cheap because they seldom pay, and large steps make all of them dearer.",
  },
};
