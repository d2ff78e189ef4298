import { expect, test } from "vitest";
import { RankMoves, SHOWN_MS } from "./rank-moves.ts";

test("an overtaker goes up, the overtaken goes down, and a newcomer has not moved", () => {
  const moves = new RankMoves();
  moves.see([1, 2, 3], 0);
  expect(moves.shown(0)).toEqual(new Map());
  moves.see([3, 1, 2, 4], 10);
  expect(moves.shown(10)).toEqual(
    new Map([
      [3, 2],
      [1, -1],
      [2, -1],
    ]),
  );
});

test("moves add up, and cancel out", () => {
  const moves = new RankMoves();
  moves.see([1, 2, 3], 0);
  moves.see([1, 3, 2], 10);
  moves.see([3, 1, 2], 20);
  expect(moves.shown(20).get(3)).toBe(2);
  moves.see([1, 2, 3], 30);
  expect(moves.shown(30)).toEqual(new Map());
});

test("a move is shown for a while, and the next one counts from where it led", () => {
  const moves = new RankMoves();
  moves.see([1, 2], 0);
  moves.see([2, 1], 10);
  expect(moves.shown(9 + SHOWN_MS).get(2)).toBe(1);
  expect(moves.shown(10 + SHOWN_MS)).toEqual(new Map());
  moves.see([1, 2], 10 + SHOWN_MS);
  expect(moves.shown(10 + SHOWN_MS).get(1)).toBe(1);
});
