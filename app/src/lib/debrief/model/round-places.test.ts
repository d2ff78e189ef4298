import { expect, test } from "vitest";
import type { DebriefRound } from "#protocol";
import { placesIn } from "./round-places.ts";

const rows = [
  { user_id: 4, pnl: -9, rank: null },
  { user_id: 1, pnl: 5, rank: 2 },
  { user_id: 2, pnl: 5, rank: 2 },
  { user_id: 3, pnl: 8, rank: 1 },
  { user_id: 5, pnl: -2, rank: 4 },
];
const round = (state: string) => ({ state, result: { rows } }) as unknown as DebriefRound;
const ids = (state: string, you: number | null) =>
  placesIn(round(state), you).map(({ user_id }) => user_id);

test("a round tells its first places, with all who share one, and the own row wherever it is", () => {
  expect(ids("done", null)).toEqual([3, 1, 2]);
  expect(ids("done", 5)).toEqual([3, 1, 2, 5]);
  expect(ids("done", 4)).toEqual([3, 1, 2, 4]);
  expect(ids("aborted", 1)).toEqual([]);
});
