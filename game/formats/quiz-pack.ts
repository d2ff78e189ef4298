/** Built-in questions with a number as their answer, which quiz-pack.test.ts computes. Their order is a part of dealing: append only. */

import type { SeededStream } from "../dealing/random.ts";
import type { Question } from "./questions.ts";

type Entry = [question: string, answer: number, min: number, max: number, ...hints: string[]];

const entries: readonly Entry[] = [
  ["How many primes are below 1,000?", 168, 0, 500, "There are 25 below 100."],
  ["How many primes are below 10,000?", 1229, 0, 5000, "There are 168 below 1,000."],
  [
    "How many days are there from 1 January 2000 to 1 January 2025?",
    9132,
    5000,
    15000,
    "Seven of these years are leap years.",
  ],
  ["How many digits has 2 to the power of 100?", 31, 0, 100, "2 to the power of 10 has 4."],
  ["What do the digits of 2 to the power of 100 add up to?", 115, 0, 300, "It has 31 digits."],
  ["What do the primes below 100 add up to?", 1060, 0, 3000, "There are 25 of them."],
  [
    "How often is the digit 7 written in the numbers from 1 to 1,000?",
    300,
    0,
    1000,
    "From 1 to 100 it is written 20 times.",
  ],
  [
    "How many zeros stand at the end of 100 factorial?",
    24,
    0,
    100,
    "At the end of 10 factorial stand 2.",
  ],
  ["How many digits has 100 factorial?", 158, 0, 500, "50 factorial has 65."],
  [
    "How many squares of all sizes are on a chessboard?",
    204,
    0,
    1000,
    "49 of them are two by two.",
  ],
  [
    "How many rectangles of all sizes are on a chessboard, squares included?",
    1296,
    0,
    5000,
    "204 of them are squares.",
  ],
  [
    "How many Fridays the 13th are there from 2001 to 2100?",
    172,
    0,
    500,
    "Each year has at least one.",
  ],
  ["How many leap years are there from 1900 to 2100?", 49, 0, 101, "1900 and 2100 are none."],
  ["How many divisors has 5,040?", 60, 0, 200, "120 has 16."],
  ["What do the divisors of 360 add up to?", 1170, 0, 5000, "360 has 24 of them."],
  [
    "How many numbers from 1 to 9,999 read the same backwards?",
    198,
    0,
    1000,
    "Up to 99 there are 18.",
  ],
  [
    "In how many ways can 100 cents be paid with coins of 1, 5, 10, 25 and 50?",
    292,
    0,
    1000,
    "For 50 cents there are 50 ways.",
  ],
  [
    "In how many ways is 20 a sum of whole numbers above 0, whatever their order?",
    627,
    0,
    3000,
    "For 10 there are 42.",
  ],
  [
    "What is the 20th Fibonacci number, if the first two are 1?",
    6765,
    0,
    20000,
    "The tenth is 55.",
  ],
  [
    "How many letters do the English words for 1 to 100 have?",
    864,
    0,
    3000,
    "From one to ten there are 39.",
  ],
  [
    "How many numbers from 1 to 1,000 are divisible by 3 or by 5?",
    467,
    0,
    1000,
    "200 are divisible by 5.",
  ],
  [
    "What do the digits of all numbers from 1 to 100 add up to?",
    901,
    0,
    3000,
    "Those from 1 to 9 add up to 45.",
  ],
  [
    "How many different words can be made of all letters of MISSISSIPPI?",
    34650,
    0,
    100000,
    "It has eleven letters, four of them an I.",
  ],
  [
    "In how many ways can eight letters all go into wrong envelopes?",
    14833,
    0,
    40320,
    "For four letters there are 9 ways.",
  ],
  [
    "How many steps does 27 take to 1, halving even numbers and taking odd ones times 3 plus 1?",
    111,
    0,
    500,
    "26 takes 10.",
  ],
  [
    "How many moves can a knight make on a chessboard, from all squares together?",
    336,
    0,
    1000,
    "From a corner it can make 2.",
  ],
  ["How many pairs of primes below 1,000 are two apart?", 35, 0, 200, "Below 100 there are 8."],
  [
    "How many ones have the numbers from 1 to 127 in binary?",
    448,
    0,
    1000,
    "Those from 1 to 15 have 32.",
  ],
  [
    "How many diagonals has a polygon with 50 corners?",
    1175,
    0,
    5000,
    "One with 10 corners has 35.",
  ],
  [
    "How many handshakes are there if 73 people all shake hands?",
    2628,
    0,
    10000,
    "Among 10 people there are 45.",
  ],
  ["How many characters has the longest Roman numeral up to 2000?", 13, 0, 30, "1000 has one."],
  [
    "How many right triangles have whole sides and a longest side of at most 100?",
    52,
    0,
    300,
    "Up to 25 there are 8.",
  ],
  [
    "In how many ways can 15 stairs be climbed by one or two at a time?",
    987,
    0,
    5000,
    "For ten stairs there are 89 ways.",
  ],
  [
    "How many four-digit codes have four different digits, 0 in front included?",
    5040,
    0,
    10000,
    "There are 10,000 codes in all.",
  ],
  [
    "In how many of the 216 ways do three dice show ten together?",
    27,
    0,
    100,
    "In one way they show three.",
  ],
  [
    "What do the cubes of 1 to 20 add up to?",
    44100,
    0,
    200000,
    "Those of 1 to 10 add up to 3,025.",
  ],
  ["How many minutes has the month of March?", 44640, 0, 100000, "A day has 1,440."],
  [
    "How many numbers below 1,000 have digits that add up to 10?",
    63,
    0,
    300,
    "Below 100 there are 9.",
  ],
  ["What is the largest prime below 10,000?", 9973, 9900, 10000, "It ends with a 3."],
  [
    "How many of the first 100 powers of 2, from 2 on, begin with the digit 1?",
    30,
    0,
    100,
    "Of the first ten there are 3.",
  ],
  [
    "How many strokes does a clock strike in a day, if it strikes each full hour from 1 to 12 twice?",
    156,
    0,
    500,
    "From one to six it strikes 21 times.",
  ],
  [
    "How many subsets of the numbers from 1 to 12 have no two neighbours in them?",
    377,
    0,
    2000,
    "For the numbers from 1 to 5 there are 13.",
  ],
];

export const quizPack: readonly Question[] = entries.map(
  ([question, answer, min, max, ...hints]) => ({ question, answer, unit: "", min, max, hints }),
);

/** The first questions of the shuffled pack. */
export function drawFromPack(stream: SeededStream, drawn: number): Question[] {
  const places = stream.shuffled(quizPack.map((_, at) => at));
  return places.slice(0, drawn).map((at) => quizPack[at] as Question);
}
