import { beforeEach, expect, test, vi } from "vitest";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { TickGroups } from "#lib/terminal/desk/tick-groups.svelte.ts";
import { LadderState, SCROLLED_MS } from "./ladder.svelte.ts";
import { Orders } from "#lib/terminal/orders/orders.svelte.ts";

let room: FakeRoom;
const open = () => {
  const ladder = new LadderState(room, new Orders(room), 1);
  ladder.rowCount = 21;
  return ladder;
};
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[11, 7]] });
});

test("a new ladder stands around the market and shows it", () => {
  const ladder = open();
  expect(ladder.centre).toBe(21);
  expect(ladder.rows.find((r) => r.ticks === 20)).toMatchObject({ price: "10.0", bid: { qty: 5 } });
  expect(ladder.rows.find((r) => r.ticks === 22)).toMatchObject({ price: "11.0", ask: { qty: 7 } });
});

test("it wants to move only when the market nears an edge and nothing holds it", () => {
  const ladder = open();
  expect(ladder.due).toBe(false);
  room.book({ bids: [[30, 5]], asks: [[31, 7]] });
  expect(ladder.due).toBe(true);
  ladder.pointerOver = true;
  expect(ladder.due).toBe(false);
  ladder.pointerOver = false;
  ladder.recentre();
  expect(ladder.centre).toBe(61);
  expect(ladder.due).toBe(false);
});

test("told not to follow the market, it waits to be recentred", () => {
  const options = { cumulative: false, follows: false };
  const ladder = new LadderState(room, new Orders(room), 1, options);
  ladder.rowCount = 21;
  room.book({ bids: [[30, 5]], asks: [[31, 7]] });
  expect(ladder.due).toBe(false);
  ladder.recentre();
  expect(ladder.centre).toBe(61);
});

test("told to recentre every few seconds, it moves by less than to an edge, once nothing holds it", () => {
  vi.useFakeTimers();
  const ladder = open();
  ladder.timeUp();
  expect(ladder.due).toBe(false);
  room.book({ bids: [[12, 5]], asks: [[13, 7]] });
  expect(ladder.due).toBe(false);
  ladder.timeUp();
  expect(ladder.due).toBe(true);
  ladder.pointerOver = true;
  ladder.scroll(3);
  expect(ladder.due).toBe(false);
  ladder.pointerOver = false;
  expect(ladder.due).toBe(false);
  vi.advanceTimersByTime(SCROLLED_MS);
  expect(ladder.due).toBe(true);
  ladder.recentre();
  expect([ladder.centre, ladder.due]).toEqual([25, false]);
  room.book({ asks: [[14, 7]] });
  expect(ladder.due).toBe(false);
  vi.useRealTimers();
});

test("prices that one has scrolled to stay a while where the market would pull them back", () => {
  vi.useFakeTimers();
  const ladder = open();
  ladder.scroll(60);
  expect(ladder.due).toBe(false);
  vi.advanceTimersByTime(SCROLLED_MS - 1);
  ladder.scroll(1);
  vi.advanceTimersByTime(SCROLLED_MS - 1);
  expect(ladder.due).toBe(false);
  vi.advanceTimersByTime(1);
  expect(ladder.due).toBe(true);
  vi.useRealTimers();
});

test("watched changes of sizes stand in their rows", () => {
  const ladder = open();
  ladder.changes.note(0.5, ladder.levels.bids, ladder.levels.asks);
  room.book({ bids: [[10, 8]], asks: [] });
  ladder.changes.note(0.5, ladder.levels.bids, ladder.levels.asks);
  expect(ladder.rows.find((r) => r.ticks === 20)).toMatchObject({
    bid: { change: 3 },
    ask: { change: 0 },
  });
  expect(ladder.rows.find((r) => r.ticks === 22)).toMatchObject({ ask: { qty: 0, change: -7 } });
  ladder.changes.clear();
  expect(ladder.rows.some((r) => r.bid.change !== 0 || r.ask.change !== 0)).toBe(false);
});

test("scrolling stops at the bounds of the instrument", () => {
  room.instruments = [{ ...scalar, min_price: 0 }];
  const ladder = open();
  ladder.scroll(-500);
  expect(ladder.rows.at(-1)?.ticks).toBe(0);
});

test("own orders are found by price, dragged, and dropped as a replacement of each", () => {
  room.rest(1, "buy", 9.5, 10);
  room.rest(2, "buy", 9.5, 5);
  room.rest(3, "sell", 9.5, 5);
  const ladder = open();
  expect(ladder.workingAt("buy", 19)).toBe(15);
  ladder.takeUp("buy", 19);
  ladder.carryTo(17);
  ladder.drop();
  expect(room.sent).toEqual([
    { op: "replace", order_id: 1, price: 8.5 },
    { op: "replace", order_id: 2, price: 8.5 },
  ]);
  expect(ladder.carrying).toBe(false);
});

test("dropping where it was taken up, out of bounds or letting go sends nothing", () => {
  room.rest(1, "buy", 9.5);
  const ladder = open();
  ladder.takeUp("buy", 19);
  ladder.carryTo(5_000);
  ladder.drop();
  ladder.takeUp("buy", 19);
  ladder.carryTo(18);
  ladder.letGo();
  ladder.takeUp("sell", 19);
  expect(ladder.carrying).toBe(false);
  expect(room.sent).toEqual([]);
});

test("it knows what a price would take, and what of one's own is out of sight", () => {
  room.book({
    asks: [
      [11, 7],
      [12, 4],
    ],
  });
  room.rest(1, "sell", 500);
  const ladder = open();
  expect(ladder.meets("buy", 24, 5).others).toBe(11);
  expect(ladder.meets("buy", 22, 5).others).toBe(7);
  expect(ladder.meets("buy", 21, 5).others).toBe(0);
  expect(ladder.meets("sell", 20, 5).others).toBe(5);
  expect(ladder.outOfSight.above.mine).toEqual({ count: 1, ticks: 1000 });
  expect(ladder.outOfSight.below.mine).toBeNull();
  ladder.show(1000);
  expect(ladder.outOfSight.above.mine).toBeNull();
});

test("with several ticks in a row, sizes and own orders add up, and a row's orders move as one", () => {
  room.book({
    bids: [
      [10.5, 5],
      [10, 2],
    ],
    asks: [
      [11, 7],
      [13, 1],
    ],
  });
  room.rest(1, "buy", 10.5, 3);
  room.rest(2, "buy", 10, 2);
  const groups = new TickGroups([[1, 5]]);
  const ladder = new LadderState(room, new Orders(room), 1, undefined, groups);
  ladder.rowCount = 21;
  const row = (ticks: number) => ladder.rows.find((one) => one.ticks === ticks);
  // Rows of 2.5: bids from 10 to 12 stand at 10, asks above 10 up to 12.5 at 12.5.
  expect(row(4)).toMatchObject({
    price: "10.0",
    bid: { qty: 7, working: 5, isBest: true },
    ask: { qty: 0 },
  });
  expect(row(5)).toMatchObject({ price: "12.5", bid: { qty: 0 }, ask: { qty: 7, isBest: true } });
  expect(row(6)).toMatchObject({ price: "15.0", ask: { qty: 1 } });
  expect([5, 6].map((at) => ladder.meets("buy", at, 99).others)).toEqual([7, 8]);
  expect(ladder.spanOf(4, "buy")).toBe("10.0 to 12.0");
  ladder.takeUp("buy", 4);
  ladder.carryTo(3);
  ladder.drop();
  expect(room.sent).toEqual([
    { op: "replace", order_id: 1, price: 7.5 },
    { op: "replace", order_id: 2, price: 7.5 },
  ]);
  ladder.setGroup(1);
  expect(ladder.rows.find((one) => one.ticks === 21)).toMatchObject({
    price: "10.5",
    bid: { qty: 5 },
  });
});

test("of a wide market bid and ask are pinned at the edges, and stay where one has gone", () => {
  vi.useFakeTimers();
  room.book({ bids: [[450, 5]], asks: [[550, 7]] });
  const ladder = open();
  expect(ladder.outOfSight.above.pinned).toEqual(["sell"]);
  expect(ladder.outOfSight.below.pinned).toEqual(["buy"]);
  ladder.show(ladder.bestOf("sell")!.ticks);
  expect(ladder.rows.find((row) => row.ask.isBest)).toMatchObject({
    price: "550.0",
    ask: { qty: 7 },
  });
  expect(ladder.outOfSight.above.pinned).toEqual([]);
  expect(ladder.outOfSight.below.pinned).toEqual(["buy"]);
  vi.advanceTimersByTime(SCROLLED_MS);
  expect(ladder.due).toBe(false);
  vi.useRealTimers();
});
