/** Level of practice: lock it in. */

import type { Level } from "./level.ts";

export const parity: Level = {
  id: "parity",
  title: "Lock it in",
  idea: "A call bought and a put sold at one strike are the index minus the strike. If their prices say something else, the difference is yours without risk.",
  minutes: 4,
  game: {
    format: "parity",
    params: { trade_seconds: 210, every_seconds: 30 },
    bots: [{ kind: "noise", count: 2 }],
    learning: true,
    isBrisk: true,
  },
  goals: [
    {
      measure: "options",
      least: 4,
      text: "Trade 4 contracts in calls and puts",
      short: "Options",
    },
    { measure: "score", least: 4, text: "Lock in 4, whatever INDEX does", short: "Locked in" },
  ],
  hints: [
    {
      id: "parity",
      when: ({ canTrade, optionFills }) => canTrade && optionFills === 0,
      text: "Work out call − put + strike: it has to be INDEX. Where it is more, sell the call, buy the put and buy INDEX; where it is less, buy the call, sell the put and sell INDEX.",
    },
    {
      id: "leg",
      when: ({ optionFills }) => optionFills === 1,
      text: "One option alone is a bet. Trade the other one of the same strike, too, and INDEX against both, in the same size.",
    },
  ],
  part: null,
  lesson: {
    won: "Bought here, sold there, nothing left to hope for: that is an arbitrage.",
    lost: "Trade all legs of the same strike, in the same size: call, put and index. A leg that is missing is a bet on the index.",
  },
};
