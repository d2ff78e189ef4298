/** Fair values against brute force: every deal of a small deck, and many deals of a full one. */

import { describe, expect, test } from "vitest";
import { knownIn, type Known } from "../dealing/deal.ts";
import { SeededStream } from "../dealing/random.ts";
import { formatOf } from "../formats/all.ts";
import type { Dealt } from "../formats/format.ts";
import { listingsOf, payoffsOf, valuesOf } from "./listing.ts";

const seedOf = (n: number) => n.toString(16).padStart(64, "0");
const dealtBy = (id: string, params: object, seats: number, seed: number): Dealt =>
  formatOf(id)!
    .plan(params)
    .deal(new SeededStream(seedOf(seed)), seats);
const noAnswers = (dealt: Dealt) => dealt.deal.hands.map(() => null);

describe("a chain of options", () => {
  const dealt = dealtBy("card_sum", {}, 5, 1);
  const listings = listingsOf(dealt);

  test("has the scalar, then calls, then puts, by strike around the mean", () => {
    // 13 cards: mean 91, sd of drawing without putting back 11.8: strikes six apart.
    expect(listings.map(({ symbol }) => symbol)).toEqual([
      "SUM",
      ...[79, 85, 91, 97, 103].map((strike) => `SUM ${strike}C`),
      ...[79, 85, 91, 97, 103].map((strike) => `SUM ${strike}P`),
    ]);
    expect(listings.map(({ tickSize }) => tickSize)).toEqual([1, ...Array(10).fill(0.5)]);
  });

  test("keeps put-call parity in its values", () => {
    const values = valuesOf(dealt, listings, knownIn(dealt.deal, 1, [2]));
    const sum = values[0]!.mean;
    for (const [at, { type, strike }] of listings.entries())
      if (type === "CALL")
        expect(values[at]!.mean - values[at + 5]!.mean).toBeCloseTo(sum - strike!, 9);
  });

  test("has its bounds where nothing can lie beyond", () => {
    expect(listings[0]).toMatchObject({
      minPrice: 4 * (1 + 2 + 3) + 4,
      maxPrice: 13 * 4 + 12 * 4 + 11 * 4 + 10,
    });
  });
});

describe("fair values at the end, when all is known, are the settlement", () => {
  for (const [id, seats] of [
    ["card_sum", 4],
    ["seventeen", 5],
    ["suits", 6],
    ["dice", 7],
    ["walk", 3],
    ["parity", 3],
    ["goal_suit", 4],
    ["goal_suit", 5],
  ] as const)
    test(`${id} with ${seats} seats`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const dealt = dealtBy(id, {}, seats, seed);
        const listings = listingsOf(dealt);
        const all = knownIn(dealt.deal, dealt.deal.table.length, [...Array(seats).keys()]);
        const values = valuesOf(dealt, listings, all);
        for (const [at, payoff] of payoffsOf(dealt, listings, noAnswers(dealt)).entries()) {
          expect(values[at]!.mean).toBeCloseTo(payoff, 9);
          expect(values[at]!.sd).toBeCloseTo(0, 6);
        }
      }
    });
});

/**
 * Compares fair values with the mean over deals that agree with what is known: the hidden cards are dealt again and again.
 * @param again deals anew among deals in which the known cards are what they are
 */
function expectMeanOver(again: (n: number) => Dealt, known: Known, samples: number): void {
  const first = again(0);
  const listings = listingsOf(first);
  const values = valuesOf(first, listings, known);
  const sums = listings.map(() => 0);
  for (let n = 0; n < samples; n++) {
    const dealt = again(n);
    for (const [at, payoff] of payoffsOf(dealt, listings, noAnswers(dealt)).entries())
      sums[at]! += payoff;
  }
  for (const [at, value] of values.entries())
    expect(Math.abs(sums[at]! / samples - value!.mean)).toBeLessThan(
      4 * (value!.sd / Math.sqrt(samples)) + 1e-9,
    );
}

describe("fair values before the deal are the mean over many deals", () => {
  const samples = 1_000;
  for (const [id, params, seats] of [
    ["card_sum", {}, 5],
    ["card_sum", { signed: true, table: 5 }, 3],
    ["card_sum", {}, 30],
    ["seventeen", {}, 5],
    ["suits", {}, 6],
    ["dice", { faces: 10, dice_each: 2 }, 4],
    ["walk", {}, 2],
    ["parity", {}, 2],
    ["goal_suit", {}, 3],
  ] as const)
    test(`${id} ${JSON.stringify(params)} with ${seats} seats`, () => {
      const nothing = { hands: Array<null>(seats).fill(null), table: [] };
      expectMeanOver((n) => dealtBy(id, params, seats, n + 1), nothing, samples);
    });
});

describe("fair values of one hand are the mean over all deals that have it", () => {
  test("dice: every roll of the others", () => {
    const dealt = dealtBy("dice", { faces: 4 }, 3, 5);
    const listings = listingsOf(dealt);
    const own = dealt.deal.hands[1]![0]!.value;
    const rolls = [1, 2, 3, 4].flatMap((a) => [1, 2, 3, 4].map((b) => [a, own, b]));
    const mean = (of: (roll: number[]) => number) =>
      rolls.reduce((sum, roll) => sum + of(roll), 0) / rolls.length;
    const [sum, min, max] = valuesOf(dealt, listings, knownIn(dealt.deal, 0, [1]));
    expect(sum!.mean).toBeCloseTo(
      mean((roll) => roll[0]! + roll[1]! + roll[2]!),
      12,
    );
    expect(min!.mean).toBeCloseTo(
      mean((roll) => Math.min(...roll)),
      12,
    );
    expect(max!.mean).toBeCloseTo(
      mean((roll) => Math.max(...roll)),
      12,
    );
  });

  test("seventeen: every other card that can be drawn", () => {
    const dealt = dealtBy("seventeen", { table: 1 }, 2, 3);
    const own = dealt.deal.hands[0]![0]!.value;
    const others = [-10, ...Array.from({ length: 15 }, (_, at) => at + 1), 20].filter(
      (value) => value !== own,
    );
    const pairs = others.flatMap((a) => others.filter((b) => b !== a).map((b) => own + a + b));
    const mean = pairs.reduce((sum, one) => sum + one, 0) / pairs.length;
    const variance = pairs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / pairs.length;
    const [value] = valuesOf(dealt, listingsOf(dealt), knownIn(dealt.deal, 0, [0]));
    expect(value!.mean).toBeCloseTo(mean, 9);
    expect(value!.sd).toBeCloseTo(Math.sqrt(variance), 9);
  });

  test("goal suit: the twelve decks, weighed by the ways to draw the hand from each", () => {
    const dealt = dealtBy("goal_suit", {}, 4, 1);
    const held = ["♣", "♦", "♥", "♠"].map(
      (sign) => dealt.deal.hands[0]!.filter(({ label }) => label === sign).length,
    );
    // Partners: clubs and spades, diamonds and hearts. Two suits of ten are told apart, which counts each deck twice.
    const places = [0, 1, 2, 3];
    const orders = places.flatMap((a) =>
      places.flatMap((b) =>
        places.flatMap((c) => {
          const d = 6 - a - b - c;
          return new Set([a, b, c, d]).size === 4 ? [[a, b, c, d]] : [];
        }),
      ),
    );
    expect(orders).toHaveLength(24);
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const chances = [0, 0, 0, 0];
    for (const order of orders) {
      const lengths = order.map((at) => [12, 10, 10, 8][at]!);
      const ways = lengths.reduce((all, length, suit) => all * choose(length, held[suit]!), 1);
      chances[[3, 2, 1, 0][lengths.indexOf(12)]!]! += ways;
    }
    const all = chances.reduce((sum, one) => sum + one, 0);
    const values = valuesOf(dealt, listingsOf(dealt), knownIn(dealt.deal, 0, [0]));
    for (const [suit, value] of values.entries())
      expect(value!.mean).toBeCloseTo((10 * chances[suit]!) / all, 9);
  });
});

test("quiz and numbers have no fair value, and settle at what was answered", () => {
  const asked = { question: "How long?", answer: 12.5, min: 0, max: 100 };
  const quiz = dealtBy("quiz", { questions: [asked] }, 3, 1);
  expect(valuesOf(quiz, listingsOf(quiz), knownIn(quiz.deal, 0))).toEqual([null]);
  expect(payoffsOf(quiz, listingsOf(quiz), noAnswers(quiz))).toEqual([12.5]);
  const numbers = dealtBy("numbers", {}, 4, 1);
  expect(payoffsOf(numbers, listingsOf(numbers), [1, null, 2, 2])).toEqual([5, 1.666667]);
  expect(payoffsOf(numbers, listingsOf(numbers), [null, null, null, null])).toEqual([0, 0]);
});
