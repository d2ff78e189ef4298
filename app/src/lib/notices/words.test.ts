import { expect, test } from "vitest";
import type { RoomEvent } from "#lib/state/events.ts";
import { instrument } from "#lib/trading/testing/instruments.ts";
import { sentenceOf } from "./words.ts";

const listed = [instrument(1, { symbol: "SUM" }), instrument(2, { symbol: "JAR", tick_size: 1 })];
const room = {
  moneyDecimals: 2,
  known: (inst: number) => listed.find(({ id }) => id === inst),
};

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
  [{ type: "resumed", insts: [9] }, "Earlier #9 trades again."],
  [{ type: "resumed", insts: [1, 2] }, "2 instruments trade again."],
  [
    { type: "settled", inst: 2, value: 7, others: 0, corrected: false, result: null },
    "JAR settled at 7.",
  ],
  [
    {
      ...{ type: "settled", inst: 2, value: 612, others: 0, corrected: false },
      result: { pnl: 620, total: 621 },
    },
    "JAR settled at 612. P&L in JAR: +620.00. Total P&L: +621.00.",
  ],
  [
    {
      ...{ type: "settled", inst: 2, value: 512, others: 2, corrected: true },
      result: { pnl: -380, total: -379 },
    },
    "JAR: settlement corrected to 512, and 2 options with it. P&L in JAR and its options: −380.00. Total P&L: −379.00.",
  ],
  [{ type: "listed", insts: [2] }, "New: JAR."],
  [{ type: "listed", insts: [1, 2] }, "New: SUM, JAR."],
  [{ type: "symbol_changed", inst: 2, from: "COINS" }, "COINS is called JAR now."],
  [
    { type: "tick", inst: 1, tick: 0.25 },
    "Tick size of SUM is 0.25 now: all orders in it were cancelled.",
  ],
  [{ type: "news", text: "Rain.", isPrivate: true }, "To you only: Rain."],
  [{ type: "news", text: "Rain.", isPrivate: false }, "Rain."],
  [{ type: "session", state: "closed", timeUp: false }, "The session is closed."],
])("%j", (event, sentence) => {
  expect(sentenceOf(event, room)).toBe(sentence);
});

test("a pause says whether it was the clock's", () => {
  const pause = (timeUp: boolean) => sentenceOf({ type: "session", state: "paused", timeUp }, room);
  expect(pause(true)).toMatch(/^Time is up/);
  expect(pause(false)).toMatch(/^The session is paused/);
});
