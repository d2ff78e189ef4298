import { expect, test } from "vitest";
import { lengthen, type PathPoint } from "./path.ts";

const point = (ts: number): PathPoint => [ts, ts % 7];
const range = (from: number, to: number, by = 1) =>
  Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => point(from + i * by));

test("goes on from the exchange's path, each point once", () => {
  expect(lengthen([point(1)], [point(5), point(6)])).toEqual([point(1), point(5), point(6)]);
});

test("memory is bounded, the first point and the last stay, and a lull stays as long as it was", () => {
  let path: readonly PathPoint[] = [];
  for (let ts = 1_000; ts < 5_000; ts++) {
    // Nothing is traded for two seconds.
    if (ts >= 2_000 && ts < 4_000) continue;
    path = lengthen(path, [point(ts)]);
    expect(path.length).toBeLessThanOrEqual(1_000);
  }
  expect(path[0]).toEqual(point(1_000));
  expect(path.at(-1)).toEqual(point(4_999));
  const gaps = path.map(([ts], at) => (path[at + 1]?.[0] ?? ts) - ts);
  expect(Math.max(...gaps)).toBeGreaterThanOrEqual(2_000);
  expect(Math.max(...gaps)).toBeLessThan(2_020);
});

test("trades of one moment count as one interval once the path is thinned", () => {
  const path = lengthen(
    [],
    Array.from({ length: 1_500 }, () => point(3)),
  );
  expect(path).toEqual([point(3), point(3)]);
});

test("a page that thins later keeps points that one from the start has as well", () => {
  const all = range(0, 6_000, 3);
  const early = lengthen([], all);
  const late = lengthen(lengthen([], all.slice(0, 1_200)), all.slice(1_200));
  expect(late.every(([ts]) => all.some(([one]) => one === ts))).toBe(true);
  const shared = new Set(early.map(([ts]) => ts));
  expect(late.filter(([ts]) => shared.has(ts)).length).toBe(early.length);
});
