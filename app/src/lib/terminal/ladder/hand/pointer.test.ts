import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { Desk } from "#lib/terminal/desk/desk.svelte.ts";
import { LadderState } from "#lib/terminal/ladder/shown/ladder.svelte.ts";
import type { LadderColumn } from "./columns.ts";
import { LadderKeys } from "./keys.svelte.ts";
import { LadderPointer, MOVED_GUARD_MS, TOUCH_HOLD_MS } from "./pointer.svelte.ts";
import { LadderPress } from "./press.ts";

const ROW_PX = 20;

/** A cell of the page: knows its column, and its row the price. */
class FakeCell {
  readonly dataset: Record<string, string>;
  constructor(column: LadderColumn, ticks: number) {
    this.dataset = { col: column, ticks: String(ticks) };
  }
  closest(): FakeCell {
    return this;
  }
}

let room: FakeRoom;
let desk: Desk;
let ladder: LadderState;
let keys: LadderKeys;
let pointer: LadderPointer;
const cells = { getBoundingClientRect: () => ({ top: 0 }), setPointerCapture: vi.fn() };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Element", FakeCell);
  room = new FakeRoom();
  room.book({ bids: [[10, 5]], asks: [[11, 7]] });
  desk = new Desk(room);
  ladder = new LadderState(room, desk.orders, 1);
  ladder.rowCount = 21;
  const press = new LadderPress(desk, ladder);
  keys = new LadderKeys(ladder, press);
  pointer = new LadderPointer(desk, ladder, press, keys, () => ROW_PX);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function on(column: LadderColumn, ticks: number, over: object = {}) {
  return {
    ...{ target: new FakeCell(column, ticks), currentTarget: cells, pointerType: "mouse" },
    ...{ button: 0, clientX: 0, clientY: (ladder.top - ticks + 0.5) * ROW_PX },
    ...{ preventDefault: vi.fn(), ...over },
  } as never;
}
const sent = () =>
  room.sent.map((c) => (c.op === "order_new" ? `${c.side} ${c.qty} at ${c.price}` : c.op));

test("a press sends, but not right after the prices moved by themselves", () => {
  pointer.down(on("bid", 20));
  pointer.click(on("bid", 20));
  expect(sent()).toEqual(["buy 10 at 10"]);
  pointer.pricesMoved();
  vi.advanceTimersByTime(MOVED_GUARD_MS - 1);
  expect(pointer.hasMoved).toBe(true);
  pointer.click(on("bid", 20));
  expect(sent()).toHaveLength(1);
  expect(room.notices.list.map(({ event }) => event.type)).toEqual(["remark"]);
  vi.advanceTimersByTime(1);
  expect(pointer.hasMoved).toBe(false);
  pointer.click(on("bid", 20));
  expect(sent()).toHaveLength(2);
});

test("the cell under a resting mouse is told of by its row, and gives way to the keys", () => {
  pointer.move(on("bid", 20));
  pointer.describe();
  expect(desk.preview.pointed).toEqual({ inst: 1, side: "buy", price: 10 });
  ladder.scroll(2);
  pointer.describe();
  expect(desk.preview.pointed).toMatchObject({ price: 11 });
  pointer.yieldToKeys();
  expect([desk.hint, desk.preview.pointed]).toEqual([null, null]);
  pointer.move(on("ask", 22));
  pointer.describe();
  expect(desk.hovered).toBe(1);
  pointer.leave(on("ask", 22));
  expect([desk.hint, desk.hovered]).toEqual([null, null]);
});

test("the right button is the browser's where it does nothing, and so is a long touch's menu", () => {
  const prevented = (type: string, button: number) => {
    const preventDefault = vi.fn();
    pointer.down(on("bid", 20, { pointerType: type, button }));
    pointer.contextmenu(on("bid", 20, { preventDefault }));
    pointer.auxclick(on("bid", 20, { button }));
    return preventDefault.mock.calls.length > 0;
  };
  expect(prevented("mouse", 2)).toBe(false);
  desk.preferences.secondSize = 1;
  expect(prevented("touch", 0)).toBe(false);
  expect(sent()).toEqual([]);
  expect(prevented("mouse", 2)).toBe(true);
  expect(sent()).toEqual(["buy 5 at 10"]);
});

test("a mouse drags own orders, and to put them back sends nothing", () => {
  room.rest(1, "buy", 9.5);
  pointer.down(on("myBid", 19));
  pointer.move(on("myBid", 17));
  expect(cells.setPointerCapture).toHaveBeenCalledOnce();
  pointer.move(on("myBid", 16));
  pointer.describe();
  expect([ladder.carried?.to, desk.hint]).toEqual([16, expect.stringContaining("8.0")]);
  pointer.putBack();
  pointer.describe();
  expect([ladder.carried, ladder.pointerOver]).toEqual([null, false]);
  expect(desk.hint ?? "").not.toContain("Release");
  pointer.up(on("myBid", 16));
  expect(room.sent).toEqual([]);
});

test("a pointer holds the prices: a mouse until it leaves, a finger a while longer", () => {
  pointer.move(on("bid", 20));
  expect(ladder.pointerOver).toBe(true);
  pointer.leave(on("bid", 20));
  expect(ladder.pointerOver).toBe(false);
  const touch = { pointerType: "touch" };
  pointer.down(on("bid", 20, touch));
  pointer.up(on("bid", 20, touch));
  pointer.leave(on("bid", 20, touch));
  vi.advanceTimersByTime(TOUCH_HOLD_MS - 1);
  expect([ladder.pointerOver, desk.hovered]).toEqual([true, null]);
  vi.advanceTimersByTime(1);
  expect(ladder.pointerOver).toBe(false);
});

test("the wheel scrolls two rows, the middle button recentres", () => {
  const { centre } = ladder;
  const preventDefault = vi.fn();
  pointer.wheel({ deltaY: -1, ctrlKey: false, preventDefault } as never);
  expect([ladder.centre, preventDefault.mock.calls.length]).toEqual([centre + 2, 1]);
  pointer.wheel({ deltaY: -1, ctrlKey: true, preventDefault } as never);
  expect([ladder.centre, preventDefault.mock.calls.length]).toEqual([centre + 2, 1]);
  pointer.auxclick(on("bid", 20, { button: 1 }));
  expect(ladder.centre).toBe(centre);
});
