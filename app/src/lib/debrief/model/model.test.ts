import { expect, test } from "vitest";
import type { Debrief, DebriefTrader } from "#protocol";
import { compared, median } from "./compare.ts";
import { cellsOf, rowsOf } from "./csv.ts";
import { bonusOf, fairPartsOf } from "./fair-parts.ts";
import { histogram } from "./histogram.ts";
import { matrixOf, partnersOf } from "./matrix.ts";
import { slotted, valueAt } from "./path.ts";
import { boundsWithZero, roundValues, scale } from "./scale.ts";
import { waterfall } from "./waterfall.ts";

test("parts of a P&L are steps that end at it; missing ones are left out", () => {
  const parts = [
    { name: "spread", value: 12.5 },
    { name: "selection", value: -20.1 },
    { name: "edge", value: null },
    { name: "drift", value: 4.3 },
  ];
  const steps = waterfall(parts, { name: "pnl", value: -3.3 });
  expect(steps.map(({ from, to }) => [from, to])).toEqual([
    [0, 12.5],
    [12.5, -7.6],
    [-7.6, -3.3],
    [0, -3.3],
  ]);
});

test("no bin of a distribution holds gains and losses, and each value is in one", () => {
  const values = [-95, -3, 0, 4, 7, 55, 100];
  const bins = histogram(values, 8);
  expect(bins.some(({ from, to }) => from < 0 && to > 0)).toBe(false);
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
  expect(histogram([], 8)).toEqual([]);
  expect(histogram([0, 0], 8)[0]?.count).toBe(2);
});

test("a figure is placed among the class, equals together, by what is better", () => {
  expect(compared([5, 9, 9, null, 1], 9)).toEqual({ own: 9, median: 7, best: 9, place: 1, of: 4 });
  expect(compared([5, 9, 1], 5, "lower")).toMatchObject({ best: 1, place: 2 });
  expect(compared([null], null)).toMatchObject({ place: null, best: null, median: null });
  expect(median([3, 1, 2])).toBe(2);
});

const traders = [1, 2, 3].map((user_id) => ({ user_id }));
const matrix = [
  { buyer_id: 1, seller_id: 2, qty: 5, buyer_pnl: 40 },
  { buyer_id: 2, seller_id: 1, qty: 3, buyer_pnl: 10 },
];

test("the matrix has those who traded; partners count both directions", () => {
  const square = matrixOf(matrix, traders);
  expect(square.userIds).toEqual([1, 2]);
  expect(square.cells[0]?.[1]).toEqual({ qty: 5, gain: 40 });
  expect(square.cells[0]?.[0]).toBeNull();
  expect(partnersOf(matrix, 1)).toEqual([{ userId: 2, qty: 8, gain: 30 }]);
});

test("a path holds its last value, and slots are equally long", () => {
  const path = [
    [0, 1],
    [10, 2],
    [30, 3],
  ] as const;
  expect([valueAt(path, -1), valueAt(path, 10), valueAt(path, 29)]).toEqual([null, 2, 2]);
  expect(slotted(path, [0, 30], 3).map(({ value }) => value)).toEqual([1, 2, 2, 3]);
});

test("scales mark round values and keep zero in sight", () => {
  expect(roundValues(-7, 12, 4)).toEqual([-5, 0, 5, 10]);
  expect(boundsWithZero([3, 8])).toEqual([0, 8]);
  expect(boundsWithZero([])).toEqual([-1, 1]);
  expect(scale(-10, 10, 100).at(0)).toBe(50);
});

test("cells of a CSV come back as they were, quotes and lines in them included", () => {
  expect(cellsOf('a,"b ""c"", d"\r\n"x\ny",\r\n')).toEqual([
    ["a", 'b "c", d'],
    ["x\ny", ""],
  ]);
  const text = "trade_id,ts,price,buyer\r\n7,2026-11-30T12:00:00.250Z,-1.5,Bo\r\n";
  expect(rowsOf("trades", text)[0]).toMatchObject({
    ...{
      trade_id: 7,
      ts: Date.UTC(2026, 10, 30, 12, 0, 0, 250),
      price: -1.5,
      buyer: "Bo",
      qty: null,
    },
  });
});

test("edge, information, luck, the pot's bonus and other trading add up to the P&L", () => {
  const round = (rows: object[]) => ({ result: { rows } }) as unknown as Debrief["rounds"][number];
  const rounds = [
    round([{ user_id: 3, edge: 1, information: 2, luck: -4.5, bonus: 12.5 }]),
    round([{ user_id: 3, edge: null, information: null, luck: null }]),
    round([]),
  ];
  const trader = { user_id: 3, pnl: 20, edge: 1, information: 2, luck: -4.5 } as DebriefTrader;
  const parts = fairPartsOf(rounds, trader);
  expect(parts.map(({ name, value }) => [name, value])).toEqual([
    ["edge", 1],
    ["information", 2],
    ["luck", -4.5],
    ["bonus", 12.5],
    ["elsewhere", 9],
  ]);
  expect(parts.reduce((sum, { value }) => sum + value, 0)).toBe(20);
  expect(bonusOf(rounds, 4)).toBeNull();
  expect(fairPartsOf(rounds, { ...trader, edge: null })).toEqual([]);
});
