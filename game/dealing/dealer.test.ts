/**
 * A dealer of its own, written from the contract of dealing alone (docs/api.md): it shares no code with the game, and deals the
 * same.
 */

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { formatOf } from "../formats/all.ts";
import { quizPack } from "../formats/quiz-pack.ts";
import { commitOf, SeededStream } from "./random.ts";

const seeds = Array.from({ length: 12 }, (_, n) =>
  createHash("sha256").update(`seed ${n}`).digest("hex"),
);

/** Draws `below(n)` from SHA-256 of `{seed}|{block}`. */
function drawer(seed: string): (n: number) => number {
  let hex = "";
  let block = 0;
  const next = () => {
    if (hex === "") hex = createHash("sha256").update(`${seed}|${block++}`, "ascii").digest("hex");
    const number = parseInt(hex.slice(0, 8), 16);
    hex = hex.slice(8);
    return number;
  };
  return (n) => {
    let x = next();
    while (x >= 2 ** 32 - (2 ** 32 % n)) x = next();
    return x % n;
  };
}

function shuffle<T>(list: T[], below: (n: number) => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const held = list[i]!;
    list[i] = list[j]!;
    list[j] = held;
  }
  return list;
}

/** Cards as a suit letter and a rank: c1 ... s13. */
const deck = () =>
  [..."cdhs"].flatMap((suit) => Array.from({ length: 13 }, (_, at) => `${suit}${at + 1}`));
const signs: Record<string, string> = { "♣": "c", "♦": "d", "♥": "h", "♠": "s" };

function dealt(id: string, params: object, seats: number, seed: string) {
  return formatOf(id)!.plan(params).deal(new SeededStream(seed), seats).deal;
}
/** The game's cards in the same letters. */
const letters = (cards: readonly { label: string; value: number }[]) =>
  cards.map(({ label, value }) => `${signs[label.at(-1)!]!}${Math.abs(value)}`);
const valuesIn = (cards: readonly { value: number }[]) => cards.map(({ value }) => value);

describe.each(seeds)("seed %s", (seed) => {
  test.each([
    { seats: 3, params: {}, decks: 1 },
    { seats: 10, params: { cards_each: 4, table: 5 }, decks: 1 },
    { seats: 25, params: {}, decks: 2 },
    { seats: 60, params: { cards_each: 2, table: 0 }, decks: 3 },
  ])("card_sum for $seats seats", ({ seats, params, decks }) => {
    const cards = shuffle(Array.from({ length: decks }, deck).flat(), drawer(seed));
    const { cards_each: each = 2, table = 3 } = params as { cards_each?: number; table?: number };
    const mine = dealt("card_sum", params, seats, seed);
    for (const [seat, hand] of mine.hands.entries())
      expect(letters(hand)).toEqual(cards.slice(seat * each, (seat + 1) * each));
    expect(letters(mine.table)).toEqual(cards.slice(seats * each, seats * each + table));
    expect(letters(mine.deck)).toEqual(cards.slice(seats * each + table));
    const ids = [...mine.hands.flat(), ...mine.table, ...mine.deck].map(({ id }) => id);
    expect(new Set(ids).size).toBe(52 * decks);
  });

  test("card_sum with signs: hearts and diamonds are negative", () => {
    const cards = shuffle(deck(), drawer(seed));
    const mine = dealt("card_sum", { signed: true }, 4, seed);
    const signed = cards.map((card) => ("dh".includes(card[0]!) ? -1 : 1) * Number(card.slice(1)));
    expect(mine.hands.flatMap(valuesIn)).toEqual(signed.slice(0, 8));
    expect(valuesIn(mine.table)).toEqual(signed.slice(8, 11));
  });

  test("seventeen", () => {
    const numbers = shuffle(
      [-10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20],
      drawer(seed),
    );
    const mine = dealt("seventeen", {}, 5, seed);
    expect(mine.hands.flatMap(valuesIn)).toEqual(numbers.slice(0, 5));
    expect(valuesIn(mine.table)).toEqual(numbers.slice(5, 8));
  });

  test("suits: the rest is the piles, one after the other", () => {
    const cards = shuffle(deck(), drawer(seed));
    const round = formatOf("suits")!.plan({}).deal(new SeededStream(seed), 5);
    expect(letters(round.deal.hands.flat())).toEqual(cards.slice(0, 20));
    expect(letters(round.deal.table)).toEqual(cards.slice(20));
    const piles = round.script
      .filter(({ kind }) => kind === "reveal")
      .map(({ reveals }) => reveals);
    expect(piles).toEqual([8, 8, 8, 8]);
    const uneven = formatOf("suits")!.plan({ piles: 5 }).deal(new SeededStream(seed), 5);
    expect(
      uneven.script.flatMap(({ kind, reveals }) => (kind === "reveal" ? [reveals] : [])),
    ).toEqual([7, 7, 6, 6, 6]);
  });

  test("dice", () => {
    const below = drawer(seed);
    const rolls = Array.from({ length: 12 }, () => below(20) + 1);
    expect(dealt("dice", { faces: 20, dice_each: 3 }, 4, seed).hands.flatMap(valuesIn)).toEqual(
      rolls,
    );
  });

  test("walk", () => {
    const below = drawer(seed);
    const steps = [3, 3, 7, 7].map((vol) => (below(2) ? +vol : -vol));
    const params = { steps: 4, vol: 3, news: [{ step: 3, vol: 7, text: "News" }] };
    expect(valuesIn(dealt("walk", params, 4, seed).table)).toEqual(steps);
  });

  test("goal_suit", () => {
    const below = drawer(seed);
    const lengths = shuffle([12, 10, 10, 8], below);
    const cards = shuffle(
      [..."♣♦♥♠"].flatMap((sign, at) => Array<string>(lengths[at]!).fill(sign)),
      below,
    );
    for (const seats of [3, 4, 5]) {
      const mine = dealt("goal_suit", {}, seats, seed);
      const each = Math.floor(40 / seats);
      for (const [seat, hand] of mine.hands.entries())
        expect(hand.map(({ label }) => label)).toEqual(cards.slice(seat * each, (seat + 1) * each));
      expect(mine.deck).toHaveLength(40 - seats * each);
    }
  });

  test("quiz: the first ones of the shuffled indices", () => {
    const places = shuffle(
      Array.from({ length: quizPack.length }, (_, at) => at),
      drawer(seed),
    );
    const round = formatOf("quiz")!.plan({ count: 3 }).deal(new SeededStream(seed), 4);
    expect(round.scalars.map(({ description }) => description)).toEqual(
      places.slice(0, 3).map((at) => quizPack[at]!.question),
    );
  });

  test("the commit is the hash of the line that names room, round, format and seed", () => {
    const text = `mmg1|ABCDEF|3|dice|${seed}`;
    expect(commitOf("ABCDEF", 3, "dice", seed)).toBe(
      createHash("sha256").update(text).digest("hex"),
    );
  });
});

test("numbers that would favour some results are drawn again", () => {
  // With a range just above half of all numbers every second draw is thrown away.
  const n = 2 ** 31 + 1;
  const stream = new SeededStream(seeds[0]!);
  const below = drawer(seeds[0]!);
  for (let draw = 0; draw < 200; draw++) expect(stream.below(n)).toBe(below(n));
});
