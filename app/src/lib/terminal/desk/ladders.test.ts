import { expect, test } from "vitest";
import { firstLadders, laddersThatFit, withLadder } from "./ladders.ts";

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
