import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { changesOf, RevealQueue, type LeaderboardRows } from "./reveals.ts";

/** SUM with two options on it, and another scalar. */
const listed = (...settled: number[]) =>
  [
    { id: 1, type: "SCALAR", reference_id: null },
    { id: 2, type: "CALL", reference_id: 1 },
    { id: 3, type: "PUT", reference_id: 1 },
    { id: 4, type: "SCALAR", reference_id: null },
  ].map((one) => ({ ...one, settled: settled.includes(one.id) })) as Instrument[];

const leaderboard = (...pnls: number[]): LeaderboardRows =>
  pnls.map((pnl, i) => ({
    user_id: i + 1,
    name: `T${i + 1}`,
    pnl,
    volume: 1,
    max_abs_position: 1,
  }));

test("an instrument that is settled when the screen opens is no event", () => {
  const queue = new RevealQueue();
  queue.see(listed(1, 2, 3), leaderboard(5));
  queue.see(listed(1, 2, 3), leaderboard(6));
  expect(queue.next()).toBeNull();
});

test("a scalar and its options are one event, other instruments are events of their own", () => {
  const queue = new RevealQueue();
  queue.see(listed(), []);
  queue.see(listed(1, 2, 3, 4), []);
  expect(queue.next()).toMatchObject({ inst: 1, options: 2 });
  expect(queue.next()).toMatchObject({ inst: 4, options: 0 });
  expect(queue.next()).toBeNull();
});

test("an option that expires alone is an event", () => {
  const queue = new RevealQueue();
  queue.see(listed(), []);
  queue.see(listed(3), []);
  queue.see(listed(1, 2, 3), []);
  expect(queue.next()).toMatchObject({ inst: 3, options: 0 });
  expect(queue.next()).toMatchObject({ inst: 1, options: 1 });
});

test("the change is that of the leaderboard, whether they come with the settlement or later", () => {
  for (const isLate of [false, true]) {
    const queue = new RevealQueue();
    queue.see(listed(), leaderboard(10, 0, -10));
    queue.see(listed(1), isLate ? leaderboard(10, 0, -10) : leaderboard(0, 30, -30));
    const reveal = queue.next();
    queue.see(listed(1), leaderboard(0, 30, -30));
    expect(changesOf(reveal!, 3)).toEqual({
      gained: [{ user_id: 2, name: "T2", change: 30 }],
      lost: [
        { user_id: 3, name: "T3", change: -20 },
        { user_id: 1, name: "T1", change: -10 },
      ],
    });
  }
});

test("a later settlement's changes are not an earlier one's", () => {
  const queue = new RevealQueue();
  queue.see(listed(), leaderboard(0, 0));
  queue.see(listed(1), leaderboard(5, -5));
  queue.see(listed(1, 4), leaderboard(5, -5));
  queue.see(listed(1, 4), leaderboard(-1, 1));
  expect(changesOf(queue.next()!, 3).gained).toEqual([{ user_id: 1, name: "T1", change: 5 }]);
  expect(changesOf(queue.next()!, 3).gained).toEqual([{ user_id: 2, name: "T2", change: 6 }]);
});

test("the most of each side are named, the greatest first; binary dust is no change", () => {
  const before = leaderboard(0.1, 0, 0, 0, 0);
  const after = leaderboard(0.1 + 1e-12, 3, 1, 2, -6);
  const { gained, lost } = changesOf({ before, after }, 2);
  expect(gained.map((one) => one.change)).toEqual([3, 2]);
  expect(lost.map((one) => one.change)).toEqual([-6]);
});
