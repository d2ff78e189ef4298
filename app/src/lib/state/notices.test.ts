import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NoticeList } from "./notices.svelte.ts";

const LONG = 3_600_000;
let notices: NoticeList;
const texts = () => notices.list.map(({ text }) => text);

function fill(orderId: number, qty: number, price: number): void {
  const say = (sum: number, average: number) => `order ${orderId}: ${sum} at ${average}`;
  const tally = { orderId, qty, value: qty * price, say };
  notices.add({ kind: "fill", text: say(qty, price), price, tally });
}

beforeEach(() => {
  vi.useFakeTimers();
  notices = new NoticeList();
});
afterEach(() => {
  vi.useRealTimers();
});

test("each goes by itself, or when it is dismissed", () => {
  notices.add({ kind: "info", text: "one" });
  notices.add({ kind: "error", text: "two" });
  notices.remove(notices.list[0]?.id ?? 0);
  expect(texts()).toEqual(["two"]);
  vi.advanceTimersByTime(LONG);
  expect(texts()).toEqual([]);
});

test("fills of one order are one notice with the sum and the average, in its place", () => {
  fill(1, 3, 100);
  fill(2, 5, 50);
  fill(1, 1, 104);
  expect(texts()).toEqual(["order 1: 4 at 101", "order 2: 5 at 50"]);
  fill(1, 4, 111);
  expect(texts()).toEqual(["order 1: 8 at 106", "order 2: 5 at 50"]);
  expect(new Set(notices.list.map(({ id }) => id)).size).toBe(2);
});

test("a fill begins the notice's time anew; when that is over, the next one tells of itself only", () => {
  fill(1, 3, 100);
  const second = vi.getTimerCount();
  fill(1, 1, 104);
  expect(vi.getTimerCount()).toBe(second);
  vi.runAllTimers();
  expect(texts()).toEqual([]);
  fill(1, 2, 90);
  expect(texts()).toEqual(["order 1: 2 at 90"]);
});

test("none goes while they are held, and all go when they are let go", () => {
  notices.add({ kind: "info", text: "before" });
  notices.hold(true);
  notices.add({ kind: "error", text: "meanwhile" });
  vi.advanceTimersByTime(LONG);
  expect(texts()).toEqual(["before", "meanwhile"]);
  notices.hold(false);
  expect(texts()).toEqual(["before", "meanwhile"]);
  vi.advanceTimersByTime(LONG);
  expect(texts()).toEqual([]);
});
