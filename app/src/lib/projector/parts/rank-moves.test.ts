import { expect, test } from "vitest";
import { RankMoves, SHOWN_MS } from "./rank-moves.ts";

const see = (moves: RankMoves, users: readonly number[], now: number) =>
  moves.see(new Map(users.map((user, place) => [user, place + 1])), now);

test("an overtaker goes up, the overtaken goes down, and a newcomer has not moved", () => {
  const moves = new RankMoves();
  see(moves, [1, 2, 3], 0);
  expect(moves.shown(0)).toEqual(new Map());
  see(moves, [3, 1, 2, 4], 10);
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
  see(moves, [1, 2, 3], 0);
  see(moves, [1, 3, 2], 10);
  see(moves, [3, 1, 2], 20);
  expect(moves.shown(20).get(3)).toBe(2);
  see(moves, [1, 2, 3], 30);
  expect(moves.shown(30)).toEqual(new Map());
});

test("a move is shown for a while, and the next one counts from where it led", () => {
  const moves = new RankMoves();
  see(moves, [1, 2], 0);
  see(moves, [2, 1], 10);
  expect(moves.shown(9 + SHOWN_MS).get(2)).toBe(1);
  expect(moves.shown(10 + SHOWN_MS)).toEqual(new Map());
  see(moves, [1, 2], 10 + SHOWN_MS);
  expect(moves.shown(10 + SHOWN_MS).get(1)).toBe(1);
});

test("equals share a place: one who is named before the other has not moved", () => {
  const moves = new RankMoves();
  moves.see(
    new Map([
      [1, 1],
      [2, 1],
    ]),
    0,
  );
  moves.see(
    new Map([
      [2, 1],
      [1, 1],
    ]),
    10,
  );
  expect(moves.shown(10)).toEqual(new Map());
});
