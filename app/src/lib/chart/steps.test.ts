import { expect, test } from "vitest";
import { PriceSteps } from "./steps.ts";

const MOST = 100;
const trade = (trade_id: number, ts: number, price = 100, inst = 1) => ({
  ...{ trade_id, ts, price, inst },
});

test("one step a trade of the instrument, oldest first, at the room's milliseconds", () => {
  const steps = new PriceSteps(1, MOST);
  const tape = [trade(3, 1_700_000_002_345, 101), trade(2, 5, 7, 2), trade(1, 1_700_000_001_001)];
  expect(steps.follow(tape)).toEqual([
    { time: 1_700_000_001.001, price: 100, tradeId: 1 },
    { time: 1_700_000_002.345, price: 101, tradeId: 3 },
  ]);
});

test("only what is new is given again", () => {
  const steps = new PriceSteps(1, MOST);
  const tape = [trade(2, 2_000), trade(1, 1_000)];
  steps.follow(tape);
  expect(steps.follow(tape)).toEqual([]);
  expect(steps.follow([trade(4, 4_000), trade(3, 3_000, 9, 2), ...tape])).toMatchObject([
    { tradeId: 4 },
  ]);
  expect(steps.list.map(({ tradeId }) => tradeId)).toEqual([1, 2, 4]);
});

test("trades of one millisecond, or of a clock set back, stay apart, in order and at their millisecond", () => {
  const now = 1_795_000_000_123;
  const steps = new PriceSteps(1, MOST);
  const tape = Array.from({ length: 100 }, (_, i) => trade(100 - i, now));
  const times = (steps.follow([trade(101, now - 1), ...tape]) ?? []).map(({ time }) => time);
  expect(new Set(times).size).toBe(101);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times.map((time) => Math.round(time * 1000)))).toEqual(new Set([now]));
});

test("memory is bounded: beyond twice the most the older ones go, and all is to be drawn anew", () => {
  const steps = new PriceSteps(1, 3);
  const tape = Array.from({ length: 6 }, (_, i) => trade(6 - i, 6_000 - i));
  expect(steps.follow(tape)).toHaveLength(6);
  expect(steps.follow([trade(7, 7_000), ...tape])).toBeNull();
  expect(steps.list.map(({ tradeId }) => tradeId)).toEqual([5, 6, 7]);
});
