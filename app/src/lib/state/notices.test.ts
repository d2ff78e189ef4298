import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NoticeList } from "./notices.svelte.ts";

const LONG = 3_600_000;
let notices: NoticeList;
const texts = () =>
  notices.list.map(({ event }) =>
    event.type === "filled"
      ? `order ${event.orderId}: ${event.qty} at ${event.value / event.qty}`
      : event.type === "remark"
        ? event.text
        : event.type,
  );

function fill(orderId: number, qty: number, price: number): void {
  notices.add({ type: "filled", orderId, inst: 1, side: "buy", qty, value: qty * price });
}
const say = (text: string) => notices.add({ type: "remark", text });

beforeEach(() => {
  vi.useFakeTimers();
  notices = new NoticeList();
});
afterEach(() => {
  vi.useRealTimers();
});

test("each goes by itself, or when it is dismissed", () => {
  say("one");
  notices.add({ type: "refused", message: "two" });
  notices.remove(notices.list[0]?.id ?? 0);
  expect(notices.list).toMatchObject([{ kind: "error", event: { message: "two" } }]);
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
  say("before");
  notices.hold(true);
  say("meanwhile");
  vi.advanceTimersByTime(LONG);
  expect(texts()).toEqual(["before", "meanwhile"]);
  notices.hold(false);
  expect(texts()).toEqual(["before", "meanwhile"]);
  vi.advanceTimersByTime(LONG);
  expect(texts()).toEqual([]);
});
