/** Paths of reference prices: when a price had found the settlement, and how many points are kept. */

import { expect, test } from "vitest";
import { debriefPoints } from "#protocol";
import { halfMicros } from "./amounts.ts";
import { Discovery } from "./discovery.ts";

function discovered(settlement: number | null, prices: readonly [ts: number, price: number][]) {
  const discovery = new Discovery(settlement === null ? null : halfMicros(settlement));
  for (const [ts, price] of prices) discovery.take(ts, halfMicros(price));
  return discovery;
}

test("a price has found the settlement once it stays within a twentieth of its first distance", () => {
  const found = (...prices: [number, number][]) => discovered(100, prices).errorS;
  expect(found([1_000, 50], [3_000, 97.5])).toBe(2);
  expect(found([1_000, 50], [3_000, 102.5])).toBe(2);
  expect(found([1_000, 50], [3_000, 97.49])).toBeNull();
  expect(found([1_000, 50], [3_000, 98], [4_000, 90], [6_500, 97.5], [9_000, 100])).toBe(5.5);
  expect(found([1_000, 50], [3_000, 98], [4_000, 90])).toBeNull();
  expect(found([1_000, 100])).toBe(0);
  expect(found()).toBeNull();
  expect(discovered(null, [[1_000, 50]]).errorS).toBeNull();
});

test("its path has each change once", () => {
  const { path } = discovered(null, [
    [1_000, 50],
    [2_000, 50],
    [3_000, 52.5],
    [4_000, 50],
  ]);
  expect(path).toEqual([
    [1_000, 50],
    [3_000, 52.5],
    [4_000, 50],
  ]);
  expect(discovered(100, []).path).toEqual([]);
});

test("a long path is thinned to even steps, its first and last point kept", () => {
  for (const length of [
    debriefPoints - 2,
    debriefPoints,
    3 * debriefPoints,
    40 * debriefPoints + 1,
  ]) {
    const { path } = discovered(
      null,
      Array.from({ length }, (_, at): [number, number] => [at, at % 2]),
    );
    expect(path.length).toBeLessThanOrEqual(debriefPoints);
    expect(path.length).toBeGreaterThan(debriefPoints / 4);
    expect(path[0]).toEqual([0, 0]);
    expect(path.at(-1)).toEqual([length - 1, (length - 1) % 2]);
    const steps = new Set(path.slice(1, -1).map(([ts], at) => ts - path[at]![0]));
    expect(steps.size).toBe(1);
    expect(new Set(path.map(([ts]) => ts)).size).toBe(path.length);
  }
});
