import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { foremost, RevealQueue, type Reveal } from "./reveals.ts";

/** SUM with two options on it, and another scalar. */
const listed = (...settled: number[]) =>
  [
    { id: 1, type: "SCALAR", reference_id: null },
    { id: 2, type: "CALL", reference_id: 1 },
    { id: 3, type: "PUT", reference_id: 1 },
    { id: 4, type: "SCALAR", reference_id: null },
  ].map((one) => ({ ...one, settled: settled.includes(one.id) })) as Instrument[];

const told = (inst: number, options = 0, corrected = false): Reveal => ({
  ...{ inst, options, corrected },
  results: [{ user_id: 1, pnl: 1, total: 2 }],
});

test("an instrument that is settled when the screen opens is no event", () => {
  const queue = new RevealQueue();
  queue.see(listed(1, 2, 3), [told(1)]);
  queue.see(listed(1, 2, 3), [told(1)]);
  expect(queue.next()).toBeNull();
});

test("a settlement is shown as it was told, once, and a correction again", () => {
  const queue = new RevealQueue();
  queue.see(listed(), []);
  queue.see(listed(1, 2, 3), [told(1, 2)]);
  queue.see(listed(1, 2, 3, 4), [told(1, 2), told(4)]);
  queue.see(listed(1, 2, 3, 4), [told(1, 2), told(4), told(1, 2, true)]);
  expect(queue.next()).toEqual(told(1, 2));
  expect(queue.next()).toEqual(told(4));
  expect(queue.next()).toEqual(told(1, 2, true));
  expect(queue.next()).toBeNull();
});

test("what was settled while the line was down is shown without names: a scalar and its options as one", () => {
  const queue = new RevealQueue();
  queue.see(listed(), []);
  queue.see(listed(1, 2, 3, 4), []);
  expect(queue.next()).toMatchObject({ inst: 1, options: 2, results: null });
  expect(queue.next()).toMatchObject({ inst: 4, options: 0, results: null });
  expect(queue.next()).toBeNull();
  const late = new RevealQueue();
  late.see(listed(), []);
  late.see(listed(3), []);
  expect(late.next()).toMatchObject({ inst: 3, options: 0 });
});

test("the most of each side are named, the greatest first", () => {
  const results = [30, 20, 10, 0, -5, -40].map((pnl) => ({ pnl, total: 0 }));
  const { gained, lost } = foremost(results, 2);
  expect(gained.map(({ pnl }) => pnl)).toEqual([30, 20]);
  expect(lost.map(({ pnl }) => pnl)).toEqual([-40, -5]);
});
