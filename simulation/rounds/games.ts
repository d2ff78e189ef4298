/** Parameters with which the formats are played in simulation: short steps, and seats that fit. */

import type { Random } from "../random.ts";
import type { Params } from "./dealer.ts";

export interface SimulatedFormat {
  readonly seats: { readonly least: number; readonly most: number };
  params(random: Random): Params;
}

const short = { trade_seconds: 5, reveal_seconds: 1 };
const question = (random: Random, hints: string[] = []) => ({
  question: "How many?",
  answer: random.between(10, 190),
  min: 0,
  max: 200,
  hints,
});

export const simulatedFormats: Readonly<Record<string, SimulatedFormat>> = {
  card_sum: {
    seats: { least: 2, most: 6 },
    params: (random) => ({
      ...{ ...short, cards_each: random.between(1, 3), table: random.between(0, 3) },
      ...{ signed: random.chance(0.5), options: random.chance(0.5) },
    }),
  },
  seventeen: {
    seats: { least: 2, most: 7 },
    params: (random) => ({ ...short, table: random.between(0, 4) }),
  },
  suits: {
    seats: { least: 2, most: 6 },
    params: (random) => ({
      ...short,
      cards_each: random.between(1, 5),
      piles: random.between(2, 4),
    }),
  },
  dice: {
    seats: { least: 2, most: 6 },
    params: (random) => ({
      ...{ trade_seconds: 5, faces: random.between(2, 20), dice_each: random.between(1, 3) },
    }),
  },
  numbers: {
    seats: { least: 2, most: 6 },
    params: () => ({ trade_seconds: 5, ask_seconds: 5, min: -20, max: 20 }),
  },
  quiz: {
    seats: { least: 2, most: 6 },
    params: (random) => ({
      ...short,
      questions: [question(random, ["Rather a lot."]), question(random)],
    }),
  },
  width: {
    seats: { least: 3, most: 6 },
    params: (random) => ({ trade_seconds: 5, contest_seconds: 5, question: question(random) }),
  },
  parity: {
    seats: { least: 1, most: 4 },
    params: () => ({ trade_seconds: 30, every_seconds: 5 }),
  },
  walk: {
    seats: { least: 2, most: 6 },
    params: () => ({
      ...short,
      start: 100,
      steps: 4,
      vol: 2,
      news: [{ step: 3, vol: 5, text: "N." }],
    }),
  },
  goal_suit: {
    seats: { least: 3, most: 5 },
    params: () => ({ trade_seconds: 30 }),
  },
  free: {
    seats: { least: 2, most: 5 },
    params: () => ({}),
  },
};
