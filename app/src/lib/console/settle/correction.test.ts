import { expect, test } from "vitest";
import type { Position } from "#protocol";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { correctedWith, previewCorrection } from "./correction.ts";
import { holdingsIn } from "./settled-holdings.ts";

const settled = { settled: true, tick_value: 2 };
const instruments = [
  instrument(1, { ...settled, settlement: 110 }),
  instrument(2, { ...settled, type: "CALL", reference_id: 1, strike: 100, settlement: 10 }),
  // It expired by itself before, at 125.
  instrument(3, { ...settled, type: "CALL", reference_id: 1, strike: 120, settlement: 5 }),
  instrument(4, { type: "PUT", reference_id: 1, strike: 90 }),
  instrument(5, { ...settled, settlement: 7 }),
];
const pnl = (user_id: number, money: number): Position => ({
  ...{ user_id, inst: 1, symbol: "", qty: 0, vwap: 0, mark: 110 },
  ...{ realized_pnl: money, unrealized_pnl: 0 },
});

test("a correction takes the options along that were settled with the scalar, and no others", () => {
  expect(correctedWith(instruments, 1).map(({ id }) => id)).toEqual([1, 2]);
  expect(correctedWith(instruments, 3).map(({ id }) => id)).toEqual([3]);
  expect(correctedWith(instruments, 4)).toEqual([]);
});

test("everybody sees the change, which adds up to zero, and the P&L after it", () => {
  const held = [
    { userId: 8, inst: 1, qty: 3 },
    { userId: 9, inst: 1, qty: -3 },
    { userId: 8, inst: 2, qty: -1 },
    { userId: 9, inst: 2, qty: 1 },
    { userId: 7, inst: 5, qty: 4 },
  ];
  const rows = previewCorrection(instruments, [pnl(8, 40), pnl(9, -40)], new Map(), held, 1, 95);
  expect(rows).toEqual([
    { userId: 9, change: 90 - 20, pnlAfter: 30 },
    { userId: 8, change: -90 + 20, pnlAfter: -30 },
  ]);
});

test("holdings are found in the file by the names of its columns, whatever people are called", () => {
  const file = [
    "user_id,name,inst,symbol,qty,settled_qty,pnl",
    '2,"A, ""the\r\ngreat""",1,SUM,0,-7,12.5',
    "3,Bo,1,SUM,0,7,-12.5",
    "3,Bo,2,OPEN,4,,0",
    "",
  ].join("\r\n");
  expect(holdingsIn(file)).toEqual([
    { userId: 2, inst: 1, qty: -7 },
    { userId: 3, inst: 1, qty: 7 },
  ]);
});
