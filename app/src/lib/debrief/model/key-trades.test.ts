import { expect, test } from "vitest";
import type { Debrief } from "#protocol";
import { keyTrades, lessonOf } from "./key-trades.ts";
import { storiesOf, type StoryTrade } from "./stories.ts";

const start = 1_000_000;
let made = 0;
const bought = (second: number, qty: number, price: number, more: Partial<StoryTrade> = {}) => ({
  ...{ trade_id: ++made, ts: start + second * 1_000, inst: 1, price, qty, aggressor: "buy" },
  ...{ buyer_id: 1, seller_id: 2, buy_order_id: made, sell_order_id: 100 + made },
  ...more,
});
const sold = (second: number, qty: number, price: number, more: Partial<StoryTrade> = {}) =>
  bought(second, qty, price, { ...{ aggressor: "sell", buyer_id: 3, seller_id: 1 }, ...more });

function debriefOf(settlement: number | null, path: [second: number, price: number][]): Debrief {
  return {
    instruments: [
      {
        ...{ inst: 1, symbol: "SUM", tick_value: 1, counts: true, settlement, fair_path: [] },
        path: path.map(([second, price]) => [start + second * 1_000, price]),
      },
    ],
    noted_trades: [],
  } as unknown as Debrief;
}

test("what was sold a second later was not kept, and the position that was comes first", () => {
  const trades = [
    ...[bought(5, 5, 22), bought(5, 5, 22), sold(6, 5, 20), sold(6, 5, 20)],
    ...[bought(10, 10, 22), sold(11, 10, 20)],
    ...[bought(30, 10, 22), bought(31, 10, 22)],
  ];
  const [held, first, second, none] = keyTrades(debriefOf(13, [[0, 21]]), 1, trades);
  expect(held).toMatchObject({ qty: 20, price: 22, closed: null, kept: 20, gain: -180 });
  expect(held?.lesson).toBe("heldLoss");
  for (const one of [first, second]) {
    expect(one).toMatchObject({ side: "buy", qty: 10, kept: 0, gain: -20, lesson: "crossedTwice" });
    expect(one?.closed).toMatchObject({ qty: 10, price: 20, afterMs: 1_000, isAtOnce: true });
  }
  expect(none).toBeUndefined();
});

test("a purchase that closes a short is its end, not a position of its own", () => {
  const trades = [sold(0, 10, 108), bought(60, 5, 105)];
  const [short, none] = keyTrades(
    debriefOf(96, [
      [0, 109],
      [50, 104],
    ]),
    1,
    trades,
  );
  expect(short).toMatchObject({ side: "sell", qty: 10, kept: 5, gain: 75, otherIds: [3] });
  expect(short?.closed).toMatchObject({ qty: 5, price: 105, afterMs: 60_000 });
  expect(none).toBeUndefined();
});

test("stories end the oldest contracts first, through zero, and add up to the P&L", () => {
  const trades = [
    ...[bought(0, 3, 10), bought(10, 4, 12), sold(20, 9, 13), bought(40, 1, 9)],
    ...[sold(50, 2, 11, { sell_order_id: 7 }), sold(70, 2, 11.5, { sell_order_id: 7 })],
  ];
  const stories = storiesOf(trades, 1);
  expect(stories.map(({ side, kept, closed }) => [side, kept, closed.length])).toEqual([
    ["buy", 0, 1],
    ["buy", 0, 1],
    ["sell", 1, 1],
    ["sell", 4, 0],
  ]);
  const value = 10.5;
  const gains = keyTrades(debriefOf(value, [[0, 11]]), 1, trades);
  const pnl = trades.reduce(
    (sum, { buyer_id, price, qty }) =>
      sum + (buyer_id === 1 ? 1 : -1) * (qty ?? 0) * (value - (price ?? 0)),
    0,
  );
  for (const { gain, sources } of gains) {
    const sum = Object.values(sources).reduce((total: number, one: number) => total + one, 0);
    expect(sum).toBeCloseTo(gain, 6);
  }
  // Three are told: the fourth, the short of four that was kept, made 3.
  expect(gains.map(({ gain }) => gain)).toEqual([9, 6.5, 4]);
  expect(gains.reduce((sum, { gain }) => sum + gain, 3)).toBeCloseTo(pnl, 6);
});

test("without a settlement the last trade counts; a round that was aborted does not", () => {
  const trades = [bought(0, 1, 10), bought(9, 1, 14, { buyer_id: 5 })];
  const debrief = debriefOf(null, [
    [0, 10],
    [9, 99],
  ]);
  expect(keyTrades(debrief, 1, trades)[0]).toMatchObject({ gain: 4, settlement: 14 });
  Object.assign(debrief.instruments[0] as object, { counts: false });
  expect(keyTrades(debrief, 1, trades)).toEqual([]);
});

test("the lesson of a position is its largest source", () => {
  const none = { entry: 0, exit: 0, selection: 0, move: 0, held: 0 };
  const taker = { isMaker: false, later: 0 };
  const maker = { isMaker: true, later: 0 };
  expect(lessonOf(-10, { ...none, selection: -11, held: 1 }, maker)).toBe("pickedOff");
  expect(lessonOf(-10, { ...none, selection: -11, held: 1 }, taker)).toBe("chased");
  expect(lessonOf(-10, { ...none, entry: -9, held: -1 }, taker)).toBe("paidSpread");
  expect(lessonOf(-10, { ...none, move: -10 }, taker)).toBe("cutLoss");
  expect(lessonOf(-10, { ...none, move: -10 }, { ...taker, later: 4 })).toBe("closedTooSoon");
  expect(lessonOf(-10, { ...none, held: -10 }, maker)).toBe("inventoryLoss");
  expect(lessonOf(10, { ...none, entry: 8, held: 2 }, maker)).toBe("earnedSpread");
  expect(lessonOf(10, { ...none, selection: 9, held: 1 }, taker)).toBe("ahead");
  expect(lessonOf(10, { ...none, move: 9, held: 1 }, taker)).toBe("tookGain");
  expect(lessonOf(0, none, taker)).toBe("flat");
});
