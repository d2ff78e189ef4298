/**
 * Fair values of every format against all worlds that agree with what is known, gone through one by one, and against worlds
 * drawn at random from full decks. The worlds are made from the rules of the games, without the game's code.
 * `FAIR_SAMPLES=1000000` draws a million.
 */

import { describe, expect, test } from "vitest";
import { knownIn, type Known } from "../dealing/deal.ts";
import { SeededStream } from "../dealing/random.ts";
import { formatOf } from "../formats/all.ts";
import type { Dealt } from "../formats/format.ts";
import { listingsOf, valuesOf } from "../rounds/listing.ts";
import { seeded } from "../testing/table.ts";

type Worlds = Iterable<readonly number[]>;
const samples = Number(process.env["FAIR_SAMPLES"] ?? 2_000);
/** Standard errors: a few thousand values of a run may lie farther out than three of them in one case of many. */
const errors = samples >= 1e6 ? 3 : 4.5;

function dealtBy(id: string, params: object, seats: number): Dealt {
  return formatOf(id)!
    .plan(params)
    .deal(new SeededStream("ab".repeat(32)), seats);
}

/** Mean and standard deviation of each instrument over worlds, each of which gives the settlements of the scalars. */
function momentsOver(dealt: Dealt, worlds: Worlds) {
  const listings = listingsOf(dealt);
  const sums = listings.map(() => ({ sum: 0, squares: 0 }));
  let count = 0;
  for (const scalars of worlds) {
    count++;
    for (const [at, { scalar, type, strike }] of listings.entries()) {
      const above = scalars[scalar]! - (strike ?? 0);
      const payoff = type === "SCALAR" ? above : Math.max(0, type === "CALL" ? above : -above);
      sums[at]!.sum += payoff;
      sums[at]!.squares += payoff * payoff;
    }
  }
  return sums.map(({ sum, squares }) => {
    const mean = sum / count;
    return { mean, sd: Math.sqrt(Math.max(0, squares / count - mean * mean)), count };
  });
}

function expectAll(dealt: Dealt, known: Known, worlds: Worlds): void {
  const values = valuesOf(dealt, listingsOf(dealt), known);
  for (const [at, { mean, sd }] of momentsOver(dealt, worlds).entries()) {
    expect(values[at]!.mean).toBeCloseTo(mean, 8);
    expect(values[at]!.sd).toBeCloseTo(sd, 5);
  }
}

function expectNear(dealt: Dealt, known: Known, worlds: Worlds): void {
  const values = valuesOf(dealt, listingsOf(dealt), known);
  for (const [at, { mean, count }] of momentsOver(dealt, worlds).entries()) {
    const error = values[at]!.sd / Math.sqrt(count);
    expect(Math.abs(values[at]!.mean - mean)).toBeLessThanOrEqual(errors * error + 1e-9);
  }
}

/** All sets of `k` places out of `n`. */
function* sets(n: number, k: number): Generator<number[]> {
  const places = Array.from({ length: k }, (_, at) => at);
  for (;;) {
    yield places;
    let at = k - 1;
    while (at >= 0 && places[at] === n - k + at) at--;
    if (at < 0) return;
    places[at]!++;
    for (let next = at + 1; next < k; next++) places[next] = places[next - 1]! + 1;
  }
}

/** All rows of `length` numbers below `n`. */
function* rows(n: number, length: number): Generator<number[]> {
  const row = Array<number>(length).fill(0);
  for (;;) {
    yield row;
    let at = 0;
    while (at < length && ++row[at]! === n) row[at++] = 0;
    if (at === length) return;
  }
}

const suitOrder = "♣♦♥♠";
const ranks = Array.from({ length: 13 }, (_, at) => at + 1);
const names = ["A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K"];
interface Own {
  label: string;
  suit: number;
  value: number;
}
const pack: Own[] = [...suitOrder].flatMap((sign, suit) =>
  ranks.map((value, at) => ({ label: names[at]! + sign, suit, value })),
);
const numbers: Own[] = [-10, ...Array.from({ length: 15 }, (_, at) => at + 1), 20].map((value) => ({
  ...{ label: String(value), suit: 0, value },
}));

const isKnown = ({ hands, table }: Known) => {
  const labels = new Set(
    [...hands.flatMap((hand) => hand ?? []), ...table].map(({ label }) => label),
  );
  return ({ label }: Own) => labels.has(label);
};
const sum = (some: readonly { value: number }[]) => some.reduce((all, { value }) => all + value, 0);

/** Worlds of a sum of cards: every set of hidden cards that counts. */
function* sums(
  deck: readonly Own[],
  known: Known,
  counting: number,
  isSigned = false,
): Worlds & Generator<number[]> {
  const points = ({ suit, value }: Own) =>
    isSigned && (suit === 1 || suit === 2) ? -value : value;
  const seen = [...known.hands.flatMap((hand) => hand ?? []), ...known.table];
  const pool = deck.filter((card) => !isKnown(known)(card)).map(points);
  for (const chosen of sets(pool.length, counting - seen.length))
    yield [chosen.reduce((all, at) => all + pool[at]!, sum(seen))];
}

/** Worlds of the piles: every set of hidden cards that lies in the hands. */
function* piles(known: Known, inHands: number): Generator<number[]> {
  const pool = pack.filter((card) => !isKnown(known)(card));
  const shown = known.hands.flatMap((hand) => hand ?? []);
  for (const held of sets(pool.length, inHands - shown.length))
    yield settled([...shown.map(own), ...held.map((at) => pool[at]!)]);
}

const own = ({ label }: { label: string }): Own => pack.find((card) => card.label === label)!;
function settled(held: readonly Own[]): number[] {
  const ofSuit = [91, 91, 91, 91];
  for (const { suit, value } of held) ofSuit[suit]! -= value;
  return [...ofSuit, ofSuit[1]! + ofSuit[2]!];
}

function* rolls(faces: number, known: Known, dice: number): Generator<number[]> {
  const seen = known.hands.flatMap((hand) => hand ?? []).map(({ value }) => value);
  for (const row of rows(faces, dice - seen.length)) {
    const all = [...seen, ...row.map((roll) => roll + 1)];
    yield [all.reduce((a, b) => a + b, 0), Math.min(...all), Math.max(...all)];
  }
}

function* walks(level: number, sizes: readonly number[]): Generator<number[]> {
  for (const row of rows(2, sizes.length))
    yield [row.reduce((at, isUp, step) => at + (isUp ? sizes[step]! : -sizes[step]!), level)];
}

/** The twelve decks of goal_suit, each with every order in which its cards give the known ones. */
function* goals(known: Known): Generator<number[]> {
  const seen = known.hands
    .flatMap((hand) => hand ?? [])
    .map(({ label }) => suitOrder.indexOf(label));
  const lengths = Array.from(rows(4, 4), (row) => row.map((at) => [12, 10, 10, 8][at]!)).filter(
    (row) => row.toSorted((a, b) => b - a).join() === "12,10,10,8",
  );
  const decks = new Map(lengths.map((row) => [row.join(), row]));
  for (const deck of decks.values()) {
    const goal = [3, 2, 1, 0][deck.indexOf(12)]!;
    const worlds = seen.reduce((ways, suit, at) => {
      const drawn = seen.slice(0, at).filter((before) => before === suit).length;
      return ways * (deck[suit]! - drawn);
    }, 1);
    for (let n = 0; n < worlds; n++) yield [0, 1, 2, 3].map((suit) => (suit === goal ? 10 : 0));
  }
}

describe("fair values equal all worlds", () => {
  test.each([false, true])("card_sum, signed %s", (signed) => {
    const dealt = dealtBy("card_sum", { cards_each: 1, table: 1, signed }, 2);
    for (const known of [
      knownIn(dealt.deal, 0),
      knownIn(dealt.deal, 1),
      knownIn(dealt.deal, 0, [1]),
      knownIn(dealt.deal, 0, [0, 1]),
      knownIn(dealt.deal, 1, [0, 1]),
    ])
      expectAll(dealt, known, sums(pack, known, 3, signed));
  });

  test("seventeen", () => {
    const dealt = dealtBy("seventeen", { table: 2 }, 3);
    for (const known of [
      knownIn(dealt.deal, 0),
      knownIn(dealt.deal, 1, [2]),
      knownIn(dealt.deal, 2),
      knownIn(dealt.deal, 0, [0, 1, 2]),
    ])
      expectAll(dealt, known, sums(numbers, known, 5));
  });

  test("suits", () => {
    const dealt = dealtBy("suits", { cards_each: 1, piles: 3 }, 2);
    for (const known of [
      knownIn(dealt.deal, 0),
      knownIn(dealt.deal, 17, [1]),
      knownIn(dealt.deal, 34),
      knownIn(dealt.deal, 0, [0, 1]),
    ])
      expectAll(dealt, known, piles(known, 2));
  });

  test("dice", () => {
    const dealt = dealtBy("dice", { faces: 5, dice_each: 2 }, 2);
    for (const known of [knownIn(dealt.deal, 0), knownIn(dealt.deal, 0, [1])])
      expectAll(dealt, known, rolls(5, known, 4));
  });

  test("walk", () => {
    const news = [{ step: 3, vol: 7, text: "News." }];
    const dealt = dealtBy("walk", { start: 50, steps: 6, vol: 3, news }, 2);
    for (const turned of [0, 2, 5, 6]) {
      const known = knownIn(dealt.deal, turned);
      const sizes = [3, 3, 7, 7, 7, 7].slice(turned);
      expectAll(dealt, known, walks(50 + sum(known.table), sizes));
    }
  });

  test("parity", () => {
    const dealt = dealtBy("parity", { spot: 100, moves: 8, vol: 3 }, 2);
    expectAll(dealt, knownIn(dealt.deal, 0), walks(100, Array<number>(8).fill(3)));
  });

  test("goal_suit", () => {
    const dealt = dealtBy("goal_suit", {}, 4);
    const hand = dealt.deal.hands[0]!;
    for (const cards of [0, 1, 3]) {
      const known = { hands: [hand.slice(0, cards), null, null, null], table: [] };
      expectAll(dealt, known, goals(known));
    }
  });
});

/** Worlds drawn at random: the first `count` of a deck that is shuffled as far as that. */
function* drawnFrom(
  pool: readonly Own[],
  count: number,
  of: (drawn: readonly Own[]) => number[],
): Generator<number[]> {
  const random = seeded(20_261_130);
  const deck = [...pool];
  for (let n = 0; n < samples; n++) {
    for (let at = 0; at < count; at++) {
      const from = at + Math.floor(random() * (deck.length - at));
      [deck[at], deck[from]] = [deck[from]!, deck[at]!];
    }
    yield of(deck.slice(0, count));
  }
}

describe(`fair values on full decks lie within ${errors} standard errors of ${samples} samples`, () => {
  test.each([
    { seats: 5, own: [] },
    { seats: 20, own: [3] },
  ])("card_sum with $seats seats, hands known: $own", ({ seats, own: hands }) => {
    const dealt = dealtBy("card_sum", {}, seats);
    const known = knownIn(dealt.deal, 1, hands);
    const seen = [...known.hands.flatMap((hand) => hand ?? []), ...known.table];
    const pool = pack.filter((card) => !isKnown(known)(card));
    const hidden = 2 * seats + 3 - seen.length;
    expectNear(
      dealt,
      known,
      drawnFrom(pool, hidden, (drawn) => [sum(seen) + sum(drawn)]),
    );
  });

  test("seventeen with a hand", () => {
    const dealt = dealtBy("seventeen", {}, 6);
    const known = knownIn(dealt.deal, 0, [2]);
    const seen = sum(known.hands[2]!);
    const pool = numbers.filter((card) => !isKnown(known)(card));
    expectNear(
      dealt,
      known,
      drawnFrom(pool, 8, (drawn) => [seen + sum(drawn)]),
    );
  });

  test("suits with a hand", () => {
    const dealt = dealtBy("suits", {}, 6);
    const known = knownIn(dealt.deal, 0, [0]);
    const pool = pack.filter((card) => !isKnown(known)(card));
    const held = known.hands[0]!.map(own);
    expectNear(
      dealt,
      known,
      drawnFrom(pool, 20, (drawn) => settled([...held, ...drawn])),
    );
  });

  test("dice", () => {
    const dealt = dealtBy("dice", {}, 10);
    const random = seeded(7);
    const worlds = (function* () {
      for (let n = 0; n < samples; n++) {
        const all = Array.from({ length: 10 }, () => 1 + Math.floor(random() * 6));
        yield [all.reduce((a, b) => a + b, 0), Math.min(...all), Math.max(...all)];
      }
    })();
    expectNear(dealt, knownIn(dealt.deal, 0), worlds);
  });

  test.each(["walk", "parity"])("%s", (id) => {
    const dealt = dealtBy(id, {}, 2);
    const sizes = id === "walk" ? [2, 2, 2, 2, 2, 5, 5, 5] : Array<number>(9).fill(3);
    const random = seeded(8);
    const worlds = (function* () {
      for (let n = 0; n < samples; n++)
        yield [sizes.reduce((at, size) => at + (random() < 0.5 ? size : -size), 100)];
    })();
    expectNear(dealt, knownIn(dealt.deal, 0), worlds);
  });

  test("goal_suit with a hand: decks are drawn until they give it", () => {
    const dealt = dealtBy("goal_suit", {}, 4);
    const cards = dealt.deal.hands[0]!.slice(0, 4);
    const wanted = [...suitOrder].map((sign) => cards.filter(({ label }) => label === sign).length);
    const known = { hands: [cards, null, null, null], table: [] };
    const random = seeded(9);
    const worlds = (function* () {
      for (let n = 0; n < samples;) {
        const lengths = [12, 10, 10, 8].map((length) => [random(), length] as const);
        const deck = lengths.toSorted(([a], [b]) => a - b).map(([, length]) => length);
        const left = [...deck];
        const counts = [0, 0, 0, 0];
        for (let drawn = 0; drawn < 4; drawn++) {
          let at = Math.floor(random() * (40 - drawn));
          let suit = 0;
          while (at >= left[suit]!) at -= left[suit++]!;
          left[suit]!--;
          counts[suit]!++;
        }
        if (counts.join() !== wanted.join()) continue;
        n++;
        const goal = [3, 2, 1, 0][deck.indexOf(12)]!;
        yield [0, 1, 2, 3].map((suit) => (suit === goal ? 10 : 0));
      }
    })();
    expectNear(dealt, known, worlds);
  });
});
