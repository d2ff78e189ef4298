import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RoomClient } from "../room-client.ts";
import { maker } from "./maker.ts";

const scalar = {
  ...{ id: 1, type: "SCALAR", tick_size: 1, min_price: 0, max_price: 200 },
  opening_price: null,
};

/** A client in a room with one instrument, in which a quote is answered as given. */
function clientThatHears(isQuoteTaken: () => boolean) {
  const asked: [op: string, fields: object][] = [];
  const state = {
    ...{ open: [scalar], fair: new Map(), round: null },
    others: () => ({ bids: [[99, 5]], asks: [[101, 5]] }),
    held: () => 0,
    allowed: (_inst: number, _side: string) => 10,
    orders: { all: () => [] },
    books: { get: () => ({ last: null }) },
  };
  const ask = (op: string, fields: object) => {
    asked.push([op, fields]);
    return Promise.resolve({ ok: op !== "quote" || isQuoteTaken() });
  };
  const client = { isReady: true, state, ask } as unknown as RoomClient;
  return { client, asked };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("a refused quote takes the one before out of the book, and the next comes after a while", async () => {
  let isTaken = true;
  const { client, asked } = clientThatHears(() => isTaken);
  const stop = maker(client, { everyMs: 100 });
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([["quote", { inst: 1, bid: 98, bid_qty: 5, ask: 102, ask_qty: 5 }]]);
  isTaken = false;
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.slice(1).map(([op]) => op)).toEqual(["quote", "cancel_inst"]);
  expect(asked.at(-1)).toEqual(["cancel_inst", { inst: 1 }]);
  await vi.advanceTimersByTimeAsync(1_800);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked.length).toBeGreaterThan(3);
  stop();
});
