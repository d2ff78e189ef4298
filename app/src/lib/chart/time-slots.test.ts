import { expect, test } from "vitest";
import type { PathPoint } from "#lib/trading/path.ts";
import { TimeSlots } from "./time-slots.ts";

const MOST = 100;
const prices = (slots: TimeSlots) => slots.list.map(({ price }) => price);

test("a lull is as long as it was, and the last price is carried on until now", () => {
  const slots = new TimeSlots(MOST);
  const path: PathPoint[] = [
    [10_000, 1],
    [10_002, 2],
    [10_008, 3],
  ];
  expect(slots.follow(path, 10_010)).toBeNull();
  expect(prices(slots)).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3]);
  expect(slots.list[0]?.time).toBe(10);
  expect(slots.list.at(-1)?.time).toBe(10.01);
});

test("the slots are equally long, and never too many, however long the game", () => {
  const slots = new TimeSlots(MOST);
  const path: PathPoint[] = [
    [1_795_000_000_123, 1],
    [1_795_000_900_000, 2],
    [1_795_003_600_000, 3],
  ];
  slots.follow(path, 0);
  expect(slots.list.length).toBeGreaterThan(MOST / 2 - 1);
  expect(slots.list.length).toBeLessThanOrEqual(MOST);
  const steps = slots.list.slice(1).map(({ time }, at) => time - (slots.list[at]?.time ?? 0));
  for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 3);
  expect(prices(slots).indexOf(2) / slots.list.length).toBeCloseTo(0.25, 1);
  expect(slots.timeAt(1_795_000_900_000)).toBe(slots.list.find(({ price }) => price === 2)?.time);
});

test("only what is new or changed is given again", () => {
  const slots = new TimeSlots(MOST);
  const path: PathPoint[] = [
    [1_000, 1],
    [1_002, 2],
  ];
  slots.follow(path, 0);
  const longer: PathPoint[] = [...path, [1_002, 5], [1_004, 7]];
  const changed = slots.follow(longer, 0);
  expect(changed).toEqual([
    { time: 1.002, price: 5 },
    { time: 1.003, price: 5 },
    { time: 1.004, price: 7 },
  ]);
  expect(slots.follow(longer, 1_005)).toEqual([
    { time: 1.004, price: 7 },
    { time: 1.005, price: 7 },
  ]);
});

test("all is drawn anew after another path, a trade of a slot before the last, or with longer slots", () => {
  const slots = new TimeSlots(MOST);
  const path: PathPoint[] = [[1_000, 1]];
  slots.follow(path, 1_020);
  expect(slots.follow([...path, [1_010, 2]], 1_021)).toBeNull();
  expect(prices(slots)).toEqual([...Array<number>(10).fill(1), ...Array<number>(12).fill(2)]);
  expect(slots.follow([[900, 3]], 1_021)).toBeNull();
  expect(slots.list[0]).toEqual({ time: 0.9, price: 3 });
  expect(slots.follow([[900, 3]], 2_000)).toBeNull();
});

test("time never goes back: when it is not carried on any more the line stays where it was", () => {
  const slots = new TimeSlots(MOST);
  slots.follow([[1_000, 1]], 1_050);
  slots.follow([[1_000, 1]], -Infinity);
  expect(slots.list.at(-1)?.time).toBe(1.05);
});

test("without a trade there is nothing", () => {
  const slots = new TimeSlots(MOST);
  expect(slots.follow([], 1_000)).toEqual([]);
  expect(slots.list).toEqual([]);
});
