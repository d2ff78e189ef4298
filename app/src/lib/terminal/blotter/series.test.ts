import { expect, test } from "vitest";
import { partsBySign, plot, Series, type KeptSeries } from "./series.ts";

test("memory stays bounded and both ends of the time are kept", () => {
  const series = new Series(100, 10);
  for (let t = 0; t <= 100_000; t += 10) series.add(t, t);
  expect(series.points.length).toBeLessThanOrEqual(101);
  expect(series.points[0]?.t).toBe(0);
  expect(series.points.at(-1)).toEqual({ t: 100_000, v: 100_000 });
  const times = series.points.map((p) => p.t);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("points closer than the spacing replace the newest", () => {
  const series = new Series(10, 1000);
  series.add(0, 1);
  series.add(10, 2);
  series.add(20, 3);
  expect(series.points).toEqual([
    { t: 0, v: 1 },
    { t: 20, v: 3 },
  ]);
});

test("one that was kept goes on as if nothing had been", () => {
  const [whole, before] = [new Series(50, 10), new Series(50, 10)];
  for (let t = 0; t < 2_000; t += 10) {
    whole.add(t, t);
    before.add(t, t);
  }
  const after = new Series(50, 10, JSON.parse(JSON.stringify(before.kept)) as KeptSeries);
  expect(after.points).toEqual(whole.points);
  for (let t = 2_000; t < 4_000; t += 10) {
    whole.add(t, -t);
    after.add(t, -t);
  }
  expect(after.points).toEqual(whole.points);
  expect(after.points[0]).toEqual({ t: 0, v: 0 });
});

test("the plot holds zero and turns values up", () => {
  const { line, zero } = plot(
    [
      { t: 0, v: 10 },
      { t: 5, v: 20 },
      { t: 10, v: -20 },
    ],
    100,
    40,
  );
  expect(line).toEqual([
    { x: 0, y: 10 },
    { x: 50, y: 0 },
    { x: 100, y: 40 },
  ]);
  expect(zero).toBe(20);
  expect(plot([{ t: 0, v: 0 }], 100, 40)).toEqual({ line: [{ x: 0, y: 20 }], zero: 20 });
  expect(plot([], 100, 40)).toEqual({ line: [], zero: 20 });
});

test("a line is cut where it crosses zero, so that each part has the colour of its sign", () => {
  const up = { x: 0, y: 0 };
  const down = { x: 10, y: 40 };
  const crossing = { x: 5, y: 20 };
  expect(partsBySign([up, down], 20)).toEqual([
    { isLoss: false, line: [up, crossing] },
    { isLoss: true, line: [crossing, down] },
  ]);
  const flat = { x: 20, y: 20 };
  // Zero itself belongs to the part before it.
  expect(partsBySign([down, flat, { x: 30, y: 30 }], 20)).toHaveLength(1);
  expect(partsBySign([down, flat, { x: 30, y: 0 }], 20)).toEqual([
    { isLoss: true, line: [down, flat, flat] },
    { isLoss: false, line: [flat, { x: 30, y: 0 }] },
  ]);
  expect(partsBySign([], 20)).toEqual([]);
});
