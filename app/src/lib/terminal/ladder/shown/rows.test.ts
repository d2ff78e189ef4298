import { describe, expect, test } from "vitest";
import {
  buildRow,
  buildRows,
  cumulate,
  largest,
  levelMap,
  ownMap,
  type LadderSource,
  type OwnOrders,
  type SourceSide,
} from "./rows.ts";
import { gridOf, RowGrid } from "#lib/trading/grid.ts";
import { windowTicks } from "./window.ts";

const grid = gridOf(0.1);

const side = (best: number | null, levels: SourceSide["levels"] = new Map()): SourceSide => ({
  ...{ best, levels, changes: new Map(), own: new Map() },
});

function source(over: Partial<LadderSource> = {}): LadderSource {
  const bids = levelMap(
    grid,
    [
      [-0.1, 40],
      [-0.2, 80],
    ],
    "buy",
  );
  return {
    grid,
    min: -1000,
    max: 1000,
    bid: side(-1, bids),
    ask: side(1, levelMap(grid, [[0.1, 10]], "sell")),
    deepest: 80,
    volume: new Map([[0, 5]]),
    volumeTicks: 1,
    busiest: 10,
    last: 0,
    lastQty: 5,
    lastMove: 1,
    average: null,
    held: 0,
    high: null,
    low: null,
    refusals: new Map(),
    ...over,
  };
}

/** Orders of which the given ones are there. */
const orders = (given: Partial<OwnOrders>): OwnOrders => ({
  ...{ resting: [], sent: [], moving: [], gone: [] },
  ...{ leaving: new Set<number>(), queue: new Map<number, { ahead: number }>() },
  ...given,
});

describe("a row", () => {
  test("shows the book, bars and marks of its price, below zero too", () => {
    expect(buildRow(source(), -1)).toMatchObject({
      price: "\u22120.1",
      bid: { qty: 40, depth: 50, isBest: true },
      ask: { qty: 0, isBest: false },
      lastQty: null,
    });
    expect(buildRow(source(), 0)).toMatchObject({
      price: "0.0",
      lastQty: 5,
      lastMove: 1,
      volumeBar: 50,
    });
    const extremes = source({ high: 3, low: 0 });
    expect([3, 0, 1].map((t) => buildRow(extremes, t)).map((r) => [r.isHigh, r.isLow])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  test("says up to which price a volume was traded, where prices share one", () => {
    expect(buildRow(source(), 0).volumeTo).toBeNull();
    const shared = source({ volumeTicks: 4 });
    expect(buildRow(shared, 0)).toMatchObject({ volume: 5, volumeTo: "0.3" });
    expect(buildRow(shared, 1).volumeTo).toBeNull();
  });

  test("knows prices outside the bounds, the own average and a refusal", () => {
    const s = source({ min: 0, average: 3, held: -1, refusals: new Map([[2, "Too large."]]) });
    expect(buildRow(s, -1).inBounds).toBe(false);
    expect(buildRow(s, 3).average).toBe(-1);
    expect(buildRow(s, 2).refusal).toBe("Too large.");
  });
});

test("unchanged rows keep their identity, changed ones do not", () => {
  const ticks = windowTicks(0, 9);
  const before = buildRows(source(), ticks, []);
  const after = buildRows(
    source({ ask: side(1, levelMap(grid, [[0.1, 11]], "sell")) }),
    ticks,
    before,
  );
  for (const [i, row] of after.entries())
    if (row.ticks === 1) expect(row).not.toBe(before[i]);
    else expect(row).toBe(before[i]);
});

test("rows keep their identity when the window moves", () => {
  const before = buildRows(source(), windowTicks(0, 9), []);
  const after = buildRows(source(), windowTicks(2, 9), before);
  const kept = new Set(before);
  expect(after.filter((row) => kept.has(row))).toHaveLength(7);
});

test("own orders add up by side, price and state", () => {
  const all = orders({
    resting: [
      { order_id: 1, side: "buy", price: 0.3, leaves: 5 },
      { order_id: 2, side: "buy", price: 0.3, leaves: 7 },
      { order_id: 3, side: "sell", price: 0.5, leaves: 1 },
    ],
    sent: [
      { side: "buy", price: 0.3, qty: 2 },
      { side: "sell", price: null, qty: 9 },
    ],
    moving: [{ side: "sell", price: 0.6, qty: 1 }],
    leaving: new Set([2]),
    gone: [{ side: "buy", price: 0.3, qty: 4 }],
  });
  const [bids, asks] = [ownMap(grid, "buy", all), ownMap(grid, "sell", all)];
  expect([...bids.keys()]).toEqual([3]);
  expect(bids.get(3)).toEqual({ working: 12, sent: 2, ghost: 0, leaving: 7, gone: 4, ahead: null });
  expect([...asks.keys()]).toEqual([5, 6]);
  expect(asks.get(5)).toMatchObject({ working: 1, ghost: 0 });
  expect(asks.get(6)).toMatchObject({ working: 0, ghost: 1 });
});

test("a grouped row sums the quantities of its ticks, others' and one's own", () => {
  const rows = new RowGrid(0.1, 10, { min: -1_000, max: 1_000 });
  const bids = levelMap(
    rows,
    [
      [10.9, 4],
      [10.2, 3],
      [10, 2],
      [9.9, 8],
    ],
    "buy",
  );
  expect([...bids]).toEqual([
    [10, 9],
    [9, 8],
  ]);
  const asks = levelMap(
    rows,
    [
      [11, 4],
      [11.1, 3],
      [12, 2],
    ],
    "sell",
  );
  expect([...asks]).toEqual([
    [11, 4],
    [12, 5],
  ]);
  const own = orders({
    resting: [
      { order_id: 1, side: "buy", price: 10.2, leaves: 5 },
      { order_id: 2, side: "buy", price: 10, leaves: 7 },
      { order_id: 3, side: "sell", price: 10.2, leaves: 1 },
    ],
    leaving: new Set([2]),
  });
  expect(ownMap(rows, "buy", own).get(10)).toMatchObject({ working: 12, leaving: 7 });
  expect(ownMap(rows, "sell", own).get(11)).toMatchObject({ working: 1 });
});

test("the largest of nothing is nothing", () => {
  expect(largest(new Map())).toBe(0);
  expect(
    largest(
      new Map([
        [1, 3],
        [2, 9],
      ]),
    ),
  ).toBe(9);
});

test("cumulated sizes add up from the best price outwards", () => {
  const levels = new Map([
    [8, 5],
    [10, 1],
    [9, 3],
  ]);
  expect([...cumulate(levels, "buy")]).toEqual([
    [10, 1],
    [9, 4],
    [8, 9],
  ]);
  expect(cumulate(levels, "sell").get(10)).toBe(9);
});

test("the place in the queue is that of the first of one's orders at the price", () => {
  const order = (order_id: number, price: number) =>
    ({ order_id, side: "buy", price, leaves: 2 }) as const;
  const queue = new Map([
    [1, { ahead: 30 }],
    [2, { ahead: 12 }],
  ]);
  const resting = [order(1, 1), order(2, 1), order(3, 2)];
  const own = ownMap(grid, "buy", orders({ resting, queue }));
  expect(own.get(10)).toMatchObject({ working: 4, ahead: 12 });
  expect(own.get(20)).toMatchObject({ working: 2, ahead: null });
});

test("a refusal is told on the side that is away from the inside market, and within the window", () => {
  const refused = (at: number, over: Partial<LadderSource> = {}) =>
    buildRows(source({ refusals: new Map([[at, "No."]]), ...over }), windowTicks(0, 21), [])
      .filter((row) => row.refusal !== null)
      .map((row) => row.isToldAbove);
  expect([refused(1), refused(4)]).toEqual([[true], [true]]);
  expect([refused(-1), refused(-4)]).toEqual([[false], [false]]);
  const wide = { bid: side(-5), ask: side(5) };
  expect([refused(3, wide), refused(-3, wide)]).toEqual([[false], [true]]);
  expect([refused(10), refused(-10)]).toEqual([[false], [true]]);
});
