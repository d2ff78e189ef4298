import { expect, test } from "vitest";
import { awardsOf, isWithoutLuck } from "./awards.ts";

const row = (
  user_id: number,
  edge: number | null,
  information: number | null,
  luck: number | null,
  own = 1,
) => ({
  ...{ user_id, pnl: 0, own, penalty: 0, score: 0, rank: 1 },
  ...{ edge, information, luck },
});

const noBots = () => null;

test("the best at each thing gets its award, and equals share it", () => {
  expect(awardsOf([row(1, 5, -2, 3), row(2, 5, -1, -3), row(3, -10, 3, 0)], noBots)).toEqual([
    { id: "edge", userIds: [1, 2], value: 5 },
    { id: "information", userIds: [3], value: 3 },
    { id: "luck", userIds: [1], value: 3 },
  ]);
});

test("nobody is given one for nothing, nor in a game without fair values", () => {
  expect(awardsOf([row(1, 0, 0, 0), row(2, -1, 0, 0)], noBots)).toEqual([]);
  expect(awardsOf([row(1, null, null, null)], noBots)).toEqual([]);
});

test("people come before bots, noise is given nothing, and informed is who traded on the own hand", () => {
  const kinds = new Map([
    [1, "sleeper"],
    [2, "noise"],
  ]);
  const botOf = (id: number) => kinds.get(id) ?? null;
  const rows = [row(1, 90, 574, 0, -30), row(2, 99, 5, 50), row(3, 4, 2, -1, -2)];
  expect(awardsOf(rows, botOf)).toEqual([{ id: "edge", userIds: [3], value: 4 }]);
  expect(awardsOf([row(1, 0, 5, 0), row(3, 0, -5, 0)], botOf)).toEqual([
    { id: "information", userIds: [1], value: 5 },
  ]);
});

test("a deal that lies in hands alone leaves nothing to luck", () => {
  expect(isWithoutLuck([row(1, 1, 574, 0), row(2, -1, -574, 0)])).toBe(true);
  expect(isWithoutLuck([row(1, 1, 5, 2), row(2, -1, -5, -2)])).toBe(false);
  expect(isWithoutLuck([row(1, 0, 0, 0)])).toBe(false);
  expect(isWithoutLuck([row(1, null, null, null)])).toBe(false);
});
