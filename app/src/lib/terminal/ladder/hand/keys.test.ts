import { beforeEach, expect, test } from "vitest";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { LadderKeys, type LadderKey } from "./keys.svelte.ts";
import { LadderPress } from "./press.ts";
import { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";

let room: FakeRoom;
let ladder: LadderState;
let keys: LadderKeys;
beforeEach(() => {
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[11, 7]] });
  room.rest(1, "buy", 9.5, 10);
  const desk = new Desk(room);
  ladder = new LadderState(room, desk.orders, 1);
  ladder.rowCount = 21;
  keys = new LadderKeys(ladder, new LadderPress(desk, ladder));
  keys.begin();
});
const press = (key: string, over: Partial<LadderKey> = {}) =>
  keys.handle({
    ...{ key, code: key, ctrlKey: false, altKey: false, metaKey: false },
    ...{ shiftKey: false, repeat: false, ...over },
  });
const toMyBid = () => [press("ArrowLeft"), press("ArrowDown")];

test("arrows move the cursor and hold the prices, Enter trades there once a press", () => {
  expect(keys.place).toEqual({ column: "bid", ticks: 20 });
  expect(ladder.cursorOn).toBe(true);
  press("ArrowDown");
  press("Enter");
  press("Enter", { repeat: true });
  expect(room.sent).toEqual([{ op: "order_new", inst: 1, side: "buy", price: 9.5, qty: 10 }]);
  keys.end();
  expect([keys.place, ladder.cursorOn]).toEqual([null, false]);
});

test("Home and End go to the best ask and the best bid, out of sight too", () => {
  room.book({ bids: [[10, 5]], asks: [[60, 7]] });
  press("Home");
  expect(keys.place).toEqual({ column: "ask", ticks: 120 });
  expect(ladder.top).toBeGreaterThanOrEqual(120);
  press("End");
  expect(keys.place).toEqual({ column: "bid", ticks: 20 });
  expect(ladder.bottom).toBeLessThanOrEqual(20);
});

test("with Shift they take an own order along, once a press", () => {
  toMyBid();
  expect(press("ArrowDown", { shiftKey: true })).toBe(true);
  press("ArrowDown", { shiftKey: true, repeat: true });
  expect(keys.place).toEqual({ column: "myBid", ticks: 18 });
  expect(room.sent).toEqual([{ op: "replace", order_id: 1, price: 9 }]);
});

test("with Shift where no own order is they do nothing, neither to the cursor", () => {
  press("ArrowDown", { shiftKey: true });
  expect(keys.place).toEqual({ column: "bid", ticks: 20 });
  expect(room.sent).toEqual([]);
});

test("M opens own orders to be changed, and is no key of the ladder elsewhere", () => {
  expect(press("m", { code: "KeyM" })).toBe(false);
  toMyBid();
  expect(press("m", { code: "KeyM" })).toBe(true);
  expect(ladder.editing).toEqual({ side: "buy", ticks: 19 });
  expect(ladder.edited.map((o) => o.order_id)).toEqual([1]);
  expect(ladder.due).toBe(false);
});

test("keys with modifiers, and those of others, are left alone", () => {
  expect(press("ArrowDown", { ctrlKey: true })).toBe(false);
  expect(press("q", { code: "KeyQ" })).toBe(false);
});
