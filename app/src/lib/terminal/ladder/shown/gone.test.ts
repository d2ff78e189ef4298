import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OpenOrder } from "#protocol";
import { FakeRoom } from "#lib/state/testing/fake-room.ts";
import { cancelledSince, GoneOrders } from "./gone.svelte.ts";

const room = new FakeRoom();
const done = (seq: number, over: Partial<OpenOrder> = {}): OpenOrder => ({
  ...{ ...room.rest(seq, "buy", 10, 8), leaves: 0, status: "cancelled", seq },
  ...over,
});
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("only what was cancelled, here and since then, with what it still had", () => {
  const list = [
    done(9, { filled: 3 }),
    done(8, { inst: 2 }),
    done(7, { status: "filled", filled: 8 }),
    done(6, { price: null }),
    done(5, { side: "sell" }),
    done(4),
  ];
  expect(cancelledSince(list, 1, 4)).toEqual([
    { side: "buy", price: 10, qty: 5 },
    { side: "sell", price: 10, qty: 8 },
  ]);
  expect(cancelledSince(list, 1, 9)).toEqual([]);
});

test("each is shown once, for a while, and nothing of what was done before", () => {
  const gone = new GoneOrders([done(3)]);
  gone.note([done(3)], 1);
  expect(gone.shown).toEqual([]);
  const list = [done(4), done(3)];
  gone.note(list, 1);
  gone.note(list, 1);
  expect(gone.shown).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  gone.note([done(5), ...list], 1);
  expect(gone.shown).toHaveLength(2);
  vi.advanceTimersByTime(2_000);
  expect(gone.shown).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(gone.shown).toEqual([]);
});
