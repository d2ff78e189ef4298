import { expect, test } from "vitest";
import type { Message } from "#protocol";
import { rowsOf } from "./tape.ts";

const trade = (trade_id: number, inst = 1) => ({ trade_id, inst }) as Message<"trade">;
const seen = (tape: Message<"trade">[], inst?: number, most = 10) =>
  rowsOf(tape, (one) => inst === undefined || one.inst === inst, most).map((row) => [
    row.trade.trade_id,
    row.missed,
  ]);

test("a tape without a gap tells none", () => {
  expect(seen([trade(3), trade(2), trade(1)])).toEqual([
    [3, 0],
    [2, 0],
    [1, 0],
  ]);
});

test("trades that were never told are counted where they are missing", () => {
  expect(seen([trade(310), trade(309), trade(200), trade(1)])).toEqual([
    [310, 0],
    [309, 108],
    [200, 198],
    [1, 0],
  ]);
});

test("in one instrument the missed trades stand between the rows that are shown", () => {
  expect(seen([trade(9), trade(8, 2), trade(5), trade(4)], 1)).toEqual([
    [9, 2],
    [5, 0],
    [4, 0],
  ]);
});

test("the oldest trades of a tape may be unknown: nothing is told below the last row, or above the first", () => {
  expect(seen([trade(9, 2), trade(5), trade(4, 2)], 1)).toEqual([[5, 0]]);
  expect(seen([trade(9), trade(8), trade(2)], undefined, 2)).toEqual([
    [9, 0],
    [8, 5],
  ]);
});
