import { expect, test } from "vitest";
import type { RoomEvent } from "#lib/state/events.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { sentenceOf } from "./words.ts";

const listed = [instrument(1, { symbol: "SUM" }), instrument(2, { symbol: "JAR", tick_size: 1 })];
const room = { instrument: (inst: number) => listed.find(({ id }) => id === inst) };

test.each<[RoomEvent, string]>([
  [
    { type: "filled", orderId: 1, inst: 1, side: "buy", qty: 3, value: 31 },
    "Bought 3 SUM at 10.333.",
  ],
  [{ type: "filled", orderId: 1, inst: 2, side: "sell", qty: 2, value: 8 }, "Sold 2 JAR at 4."],
  [
    { type: "cancelled", count: 1, reason: "settled" },
    "1 order cancelled: the instrument was settled.",
  ],
  [{ type: "halted", insts: [2] }, "JAR is halted."],
  [{ type: "resumed", insts: [9] }, "#9 trades again."],
  [{ type: "resumed", insts: [1, 2] }, "2 instruments trade again."],
  [{ type: "settled", inst: 2, value: 7, others: 0, payout: null }, "JAR settled at 7."],
  [{ type: "session", state: "closed", timeUp: false }, "The session is closed."],
])("%j", (event, sentence) => {
  expect(sentenceOf(event, room)).toBe(sentence);
});

test("a pause says whether it was the clock's", () => {
  const pause = (timeUp: boolean) => sentenceOf({ type: "session", state: "paused", timeUp }, room);
  expect(pause(true)).toMatch(/^Time is up/);
  expect(pause(false)).toMatch(/^The session is paused/);
});
