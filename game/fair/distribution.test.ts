import { describe, expect, test } from "vitest";
import { ordinaryDecks } from "../dealing/cards.ts";
import {
  certain,
  momentsOf,
  oneOf,
  plus,
  sumOfDraw,
  sumOfDice,
  supportOf,
  type Distribution,
} from "./distribution.ts";

/** Chances by value, of values that can come. */
function chancesOf({ from, chances }: Distribution): Map<number, number> {
  return new Map(
    [...chances.entries()].filter(([, p]) => p > 0).map(([at, p]) => [from + at, p] as const),
  );
}

/** The same by going through every draw of `drawn` among `values`. */
function byEnumeration(values: readonly number[], drawn: number): Map<number, number> {
  const sums: number[] = [];
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) return void sums.push(sum);
    for (let at = from; at <= values.length - left; at++)
      choose(at + 1, left - 1, sum + (values[at] as number));
  };
  choose(0, drawn, 0);
  const chances = new Map<number, number>();
  for (const sum of sums) chances.set(sum, (chances.get(sum) ?? 0) + 1 / sums.length);
  return chances;
}

describe("the sum of a draw equals the enumeration of all draws", () => {
  const decks: Record<string, number[]> = {
    "three equal ones and others": [1, 1, 1, 2, 5, 9],
    "both signs": [-10, -3, -3, 0, 4, 4, 20],
    "zeros, as of the other suits": [0, 0, 0, 0, 0, 7, 8],
    "one value only": [4, 4, 4, 4],
    "the seventeen": [-10, ...Array.from({ length: 15 }, (_, at) => at + 1), 20],
  };
  for (const [name, values] of Object.entries(decks))
    test.each(values.map((_, at) => at + 1))(`${name}: %i drawn`, (drawn) => {
      const expected = byEnumeration(values, drawn);
      const counted = chancesOf(sumOfDraw(values, drawn));
      expect([...counted.keys()].sort((a, b) => a - b)).toEqual(
        [...expected.keys()].sort((a, b) => a - b),
      );
      for (const [sum, chance] of expected) expect(counted.get(sum)).toBeCloseTo(chance, 12);
    });
});

test("nothing drawn is worth nothing, and everything drawn its sum", () => {
  expect(chancesOf(sumOfDraw([3, 4], 0))).toEqual(new Map([[0, 1]]));
  expect(chancesOf(sumOfDraw([3, -4], 2))).toEqual(new Map([[-1, 1]]));
  expect(chancesOf(sumOfDraw([], 0))).toEqual(new Map([[0, 1]]));
});

test("43 cards of a deck have the mean and the deviation of sampling without putting back", () => {
  const values = ordinaryDecks(1).map(({ value }) => value);
  const { mean, sd } = momentsOf(sumOfDraw(values, 43));
  expect(mean).toBeCloseTo(43 * 7, 9);
  // 14: the variance of a rank; (52 - 43) / 51: the correction for a finite deck.
  expect(sd).toBeCloseTo(Math.sqrt((43 * 14 * 9) / 51), 9);
});

test("four hundred cards do not overflow", () => {
  const values = ordinaryDecks(8).map(({ value }) => value);
  const { mean } = momentsOf(sumOfDraw(values, 200));
  expect(mean).toBeCloseTo(1_400, 6);
});

test("two dice make a seven six times of thirty-six", () => {
  expect(chancesOf(sumOfDice(6, 2)).get(7)).toBeCloseTo(1 / 6, 12);
  expect(plus(certain(3), sumOfDice(6, 1)).from).toBe(4);
});

test.each([
  [1, 3],
  [2, 40],
  [3, 5],
  [6, 20],
  [100, 12],
])("dice with %i faces, %i of them: as by adding one after the other", (faces, count) => {
  const die = oneOf(Array.from({ length: faces }, (_, at) => at + 1));
  const expected = Array.from({ length: count }).reduce<Distribution>(
    (sum) => plus(sum, die),
    certain(0),
  );
  const counted = sumOfDice(faces, count);
  expect(supportOf(counted)).toEqual({ least: count, greatest: faces * count });
  expect(counted.from).toBe(expected.from);
  for (const [at, chance] of expected.chances.entries())
    expect((counted.chances[at] as number) / chance).toBeCloseTo(1, 9);
});

test("a payoff has moments of its own", () => {
  const payoff = momentsOf(oneOf([1, 2, 3, 4]), (value) => Math.max(value - 2, 0));
  expect(payoff.mean).toBeCloseTo(3 / 4, 12);
  expect(payoff.sd).toBeCloseTo(Math.sqrt(11 / 16), 12);
});

test("the bounds of a number are the least and greatest that can come", () => {
  expect(supportOf(sumOfDraw([-10, 1, 2, 20], 2))).toEqual({ least: -9, greatest: 22 });
});
