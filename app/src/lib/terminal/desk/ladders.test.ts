import { expect, test } from "vitest";
import { firstLadders, laddersThatFit, staysOpen, withLadder } from "./ladders.ts";

test("what opens first: scalars that trade, else anything", () => {
  const list = (...types: string[]) =>
    types.map((t, i) => ({ id: i + 1, type: t.slice(1), settled: t[0] === "-" })) as never;
  expect(firstLadders(list("+SCALAR", "+CALL", "-SCALAR", "+SCALAR"), 3)).toEqual([1, 4]);
  expect(firstLadders(list("-SCALAR", "+CALL"), 3)).toEqual([2]);
  expect(firstLadders(list("-SCALAR"), 3)).toEqual([1]);
  expect(firstLadders(list(), 3)).toEqual([]);
});

test("a fifth ladder takes the place of the last", () => {
  expect(withLadder([1, 2], 3)).toEqual([1, 2, 3]);
  expect(withLadder([1, 2], 2)).toEqual([1, 2]);
  expect(withLadder([1, 2, 3, 4], 5)).toEqual([1, 2, 3, 5]);
});

test("a narrow screen opens one ladder, a wide one no more than three", () => {
  expect([390, 1024, 1280, 1440, 2560].map(laddersThatFit)).toEqual([1, 1, 2, 3, 3]);
});

test("each round opens its own ladders; what the trader has chosen in it stays", () => {
  const shown = (...ids: number[]) =>
    ids.map((id) => ({ id, type: "SCALAR", settled: false })) as never;
  const second = { round: 2, instruments: [12, 13] };
  // The first round's instrument is retired, so its ladder ends with it.
  expect(staysOpen({ insts: [1], round: 1 }, shown(12, 13), second)).toBe(false);
  expect(staysOpen({ insts: [1], round: 1 }, shown(5), { round: 1, instruments: [1] })).toBe(false);
  // A ladder of the host's own instrument gives way to the round's, which comes first.
  expect(staysOpen({ insts: [5], round: 1 }, shown(5, 12), second)).toBe(false);
  expect(firstLadders(shown(5, 12, 13), 2, second)).toEqual([12, 13]);
  // All ladders closed: for this round, and not for the next one.
  expect(staysOpen({ insts: [], round: 2 }, shown(12), second)).toBe(true);
  expect(staysOpen({ insts: [], round: 1 }, shown(12), second)).toBe(false);
  // Nothing changes before the next round's instruments are there, or in a room without rounds.
  expect(staysOpen({ insts: [5], round: 1 }, shown(5), { round: 2, instruments: [] })).toBe(true);
  expect(staysOpen({ insts: [1, 2], round: null }, shown(2, 3), null)).toBe(true);
  expect(staysOpen({ insts: [], round: null }, shown(2, 3), null)).toBe(true);
});
