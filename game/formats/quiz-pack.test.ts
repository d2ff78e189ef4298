/** Computes the answer of each built-in question, and every number that its hint tells. */

import { expect, test } from "vitest";
import { quizPack } from "./quiz-pack.ts";

const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, at) => from + at);
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const isPrime = (n: number) => n > 1 && upTo(Math.floor(Math.sqrt(n)), 2).every((d) => n % d !== 0);
const primes = (below: number) => upTo(below - 1).filter(isPrime);
const digits = (n: number | bigint) => [...String(n)].map(Number);
const factorial = (n: number) => upTo(n).reduce((all, one) => all * BigInt(one), 1n);
const endZeros = (n: bigint) => /0*$/.exec(String(n))?.[0].length ?? 0;
const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const isLeap = (year: number) => days(`${year}-01-01`, `${year + 1}-01-01`) === 366;
const divisors = (n: number) => upTo(n).filter((d) => n % d === 0);
const choose2 = (n: number) => (n * (n - 1)) / 2;
const fridaysOf = (year: number) =>
  upTo(12).filter((month) => new Date(Date.UTC(year, month - 1, 13)).getUTCDay() === 5).length;

/** Ways to make an amount of parts, each as often as wanted, whatever their order. */
function ways(amount: number, parts: number[]): number {
  const counts = [1, ...Array.from({ length: amount }, () => 0)];
  for (const part of parts)
    for (let at = part; at <= amount; at++) counts[at]! += counts[at - part]!;
  return counts[amount]!;
}

function fibonacci(n: number): number {
  let [a, b] = [1, 1];
  for (let at = 1; at < n; at++) [a, b] = [b, a + b];
  return a;
}

const small =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
function inWords(n: number): string {
  if (n === 100) return "onehundred";
  if (n < 20) return small[n - 1]!;
  return tens[Math.floor(n / 10) - 2]! + (n % 10 === 0 ? "" : small[(n % 10) - 1]!);
}

function anagrams(word: string): number {
  const letters = [...word];
  const same = [...new Set(letters)].map((one) => letters.filter((other) => other === one).length);
  return Number(same.reduce((all, count) => all / factorial(count), factorial(letters.length)));
}

/** Ways in which nobody gets the own one. */
function derangements(n: number): number {
  return n === 0 ? 1 : n === 1 ? 0 : (n - 1) * (derangements(n - 1) + derangements(n - 2));
}

function collatz(n: number): number {
  return n === 1 ? 0 : 1 + collatz(n % 2 === 0 ? n / 2 : 3 * n + 1);
}

const jumps = [1, 2].flatMap((a) =>
  [-a, a].flatMap((x) => [-(3 - a), 3 - a].map((y) => [x, y] as const)),
);
const fields = upTo(8).flatMap((x) => upTo(8).map((y) => [x, y] as const));
const knightMoves = (from: readonly (readonly [number, number])[]) =>
  sum(
    from.map(
      ([x, y]) =>
        jumps.filter(([a, b]) => fields.some(([p, q]) => p === x + a && q === y + b)).length,
    ),
  );

const twins = (below: number) =>
  primes(below).filter((p) => p + 2 < below && isPrime(p + 2)).length;
const ones = (most: number) =>
  sum(upTo(most).map((n) => [...n.toString(2)].filter((bit) => bit === "1").length));

const romans: [number, string][] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];
function roman(n: number): string {
  const [value, sign] = romans.find(([one]) => one <= n) ?? [0, ""];
  return value === 0 ? "" : sign + roman(n - value);
}

const triangles = (most: number) =>
  sum(
    upTo(most).map(
      (c) => upTo(c).filter((a) => upTo(c, a).some((b) => a * a + b * b === c * c)).length,
    ),
  );

const dice = upTo(6).flatMap((a) => upTo(6).flatMap((b) => upTo(6).map((c) => a + b + c)));
const withSum = (below: number, wanted: number) =>
  upTo(below - 1).filter((n) => sum(digits(n)) === wanted).length;
const beginWithOne = (count: number) =>
  upTo(count).filter((n) => digits(2n ** BigInt(n))[0] === 1).length;
const sevens = (most: number) =>
  sum(upTo(most).map((n) => digits(n).filter((d) => d === 7).length));
const palindromes = (most: number) =>
  upTo(most).filter((n) => digits(n).join() === digits(n).reverse().join()).length;
const apart = (n: number) =>
  Array.from({ length: 2 ** n }, (_, set) => set).filter((set) => (set & (set >> 1)) === 0).length;
const coins = [1, 5, 10, 25, 50];

/** By question: its answer, and the numbers of its hint in their order, but for those that only name something. */
const computed: [answer: number, ...hint: number[]][] = [
  [primes(1_000).length, primes(100).length, 100],
  [primes(10_000).length, primes(1_000).length, 1_000],
  [days("2000-01-01", "2025-01-01")],
  [digits(2n ** 100n).length, 2, 10, digits(2n ** 10n).length],
  [sum(digits(2n ** 100n)), digits(2n ** 100n).length],
  [sum(primes(100)), primes(100).length],
  [sevens(1_000), 1, 100, sevens(100)],
  [endZeros(factorial(100)), 10, endZeros(factorial(10))],
  [digits(factorial(100)).length, 50, digits(factorial(50)).length],
  [sum(upTo(8).map((n) => n * n)), 7 * 7],
  [choose2(9) ** 2, sum(upTo(8).map((n) => n * n))],
  [sum(upTo(2100, 2001).map(fridaysOf))],
  [upTo(2100, 1900).filter(isLeap).length, 1900, 2100],
  [divisors(5_040).length, 120, divisors(120).length],
  [sum(divisors(360)), 360, divisors(360).length],
  [palindromes(9_999), 99, palindromes(99)],
  [ways(100, coins), 50, ways(50, coins)],
  [ways(20, upTo(20)), 10, ways(10, upTo(10))],
  [fibonacci(20), fibonacci(10)],
  [sum(upTo(100).map((n) => inWords(n).length)), sum(upTo(10).map((n) => inWords(n).length))],
  [upTo(1_000).filter((n) => n % 3 === 0 || n % 5 === 0).length, 1_000 / 5, 5],
  [sum(upTo(100).flatMap(digits)), 1, 9, sum(upTo(9))],
  [anagrams("MISSISSIPPI")],
  [derangements(8), derangements(4)],
  [collatz(27), 26, collatz(26)],
  [knightMoves(fields), knightMoves([[1, 1]])],
  [twins(1_000), 100, twins(100)],
  [ones(127), 1, 15, ones(15)],
  [choose2(50) - 50, 10, choose2(10) - 10],
  [choose2(73), 10, choose2(10)],
  [Math.max(...upTo(2_000).map((n) => roman(n).length)), 1000],
  [triangles(100), 25, triangles(25)],
  [fibonacci(16), fibonacci(11)],
  [10 * 9 * 8 * 7, 10 ** 4],
  [dice.filter((shown) => shown === 10).length],
  [sum(upTo(20).map((n) => n ** 3)), 1, 10, sum(upTo(10).map((n) => n ** 3))],
  [days("2026-03-01", "2026-04-01") * 24 * 60, 24 * 60],
  [withSum(1_000, 10), 100, withSum(100, 10)],
  [primes(10_000).at(-1)!, primes(10_000).at(-1)! % 10],
  [beginWithOne(100), beginWithOne(10)],
  [2 * sum(upTo(12)), sum(upTo(6))],
  [apart(12), 1, 5, apart(5)],
];

test("there are at least forty questions, each another one", () => {
  expect(quizPack.length).toBeGreaterThanOrEqual(40);
  expect(new Set(quizPack.map(({ question }) => question)).size).toBe(quizPack.length);
  expect(computed).toHaveLength(quizPack.length);
});

test.each(quizPack.map(({ question, ...rest }, at) => ({ at, question, ...rest })))(
  "$question",
  ({ at, answer, min, max, hints }) => {
    const [right, ...told] = computed[at]!;
    expect(answer).toBe(right);
    expect(answer).toBeGreaterThanOrEqual(min);
    expect(answer).toBeLessThanOrEqual(max);
    expect(hints).toHaveLength(1);
    const numbers =
      hints[0]!.match(/\d[\d,]*/g)?.map((text) => Number(text.replaceAll(",", ""))) ?? [];
    expect(numbers).toEqual(told);
  },
);

test("a hint that tells a number in words tells the right one", () => {
  expect(upTo(2024, 2000).filter(isLeap)).toHaveLength(7);
  expect(Math.min(...upTo(2100, 2001).map(fridaysOf))).toBe(1);
  expect([..."MISSISSIPPI"].filter((letter) => letter === "I")).toHaveLength(4);
  expect("MISSISSIPPI").toHaveLength(11);
  expect(dice.filter((shown) => shown === 3)).toHaveLength(1);
  expect(roman(1000)).toHaveLength(1);
});
