import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gestures, HOLD_MS } from "./gestures.ts";

function setUp() {
  const calls: string[] = [];
  const target = {
    carrying: false,
    takeUp: (side: string, ticks: number) => calls.push(`take ${side} ${ticks}`),
    carryTo: (ticks: number) => calls.push(`to ${ticks}`),
    drop: () => calls.push("drop"),
    letGo: () => calls.push("let go"),
    scroll: (rows: number) => calls.push(`scroll ${rows}`),
  };
  return { calls, gestures: new Gestures(target, () => 40) };
}
const at = (pointerType: string, clientY: number, button = 0) => ({
  pointerType,
  button,
  clientX: 0,
  clientY,
});
const own = { side: "buy", ticks: 100 } as const;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a mouse drags own orders to another price, and the click after it is none", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("mouse", 0), own);
  expect(gestures.move(at("mouse", 3), 100)).toBe(false);
  expect(gestures.move(at("mouse", 20), 99)).toBe(true);
  gestures.move(at("mouse", 50), 98);
  gestures.up();
  expect(calls).toEqual(["take buy 100", "to 98", "drop"]);
  expect(gestures.swallowsClick()).toBe(true);
  expect(gestures.swallowsClick()).toBe(false);
});

test("a plain click is left alone, and so is a mouse that moves over empty cells", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("mouse", 0), own);
  gestures.up();
  gestures.down(at("mouse", 0), null);
  gestures.move(at("mouse", 90), 95);
  gestures.up();
  expect(gestures.swallowsClick()).toBe(false);
  expect(calls).toEqual([]);
});

test("a lost press sends nothing", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("mouse", 0), own);
  gestures.move(at("mouse", 50), 98);
  gestures.cancel();
  gestures.up();
  expect(calls).toEqual(["take buy 100", "let go"]);
});

test("a finger pans by whole rows and places nothing", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("touch", 100), own);
  expect(gestures.move(at("touch", 110), 0)).toBe(true);
  gestures.move(at("touch", 150), 0);
  gestures.move(at("touch", 170), 0);
  gestures.move(at("touch", 190), 0);
  gestures.up();
  vi.advanceTimersByTime(HOLD_MS * 2);
  expect(calls).toEqual(["scroll 1", "scroll 1"]);
  expect(gestures.swallowsClick()).toBe(true);
});

test("a held finger takes own orders up; the tap after it is a new press", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("touch", 100), own);
  vi.advanceTimersByTime(HOLD_MS + 1);
  gestures.up();
  expect(calls).toEqual(["take buy 100"]);
  expect(gestures.swallowsClick()).toBe(true);
  gestures.down(at("touch", 200), null);
  gestures.up();
  expect(gestures.swallowsClick()).toBe(false);
});

test("other buttons start nothing", () => {
  const { calls, gestures } = setUp();
  gestures.down(at("mouse", 0, 1), own);
  gestures.move(at("mouse", 80), 90);
  gestures.up();
  expect(calls).toEqual([]);
});
