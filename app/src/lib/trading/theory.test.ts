import { expect, test } from "vitest";
import { edgeAt, normalBelow, optionTheory } from "./theory.ts";

const call = (strike: number, mean: number, sd: number) => optionTheory("CALL", strike, mean, sd);
const put = (strike: number, mean: number, sd: number) => optionTheory("PUT", strike, mean, sd);

/** Random views; failures print the seed. */
const SEED = Math.floor(Math.random() * 2 ** 31);
function views(): { strike: number; mean: number; sd: number }[] {
  let state = SEED;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: 2_000 }, () => ({
    strike: Math.round(random() * 400 - 200),
    mean: random() * 400 - 200,
    sd: 10 ** (random() * 4 - 1.5),
  }));
}

test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [1.959963984540054, 0.975],
  [-3, 0.00134989803163009],
  [-6, 9.86587645037698e-10],
  [40, 1],
  [-40, 0],
])("Φ(%d) is %d", (x, expected) => {
  expect(normalBelow(x)).toBeCloseTo(expected, 14);
});

test("at the money an option is worth 0.3989 deviations, and half a delta", () => {
  expect(call(100, 100, 10).value).toBeCloseTo(3.989422804014327, 12);
  expect(put(100, 100, 10).value).toBeCloseTo(3.989422804014327, 12);
  expect([call(100, 100, 10).delta, put(100, 100, 10).delta]).toEqual([0.5, -0.5]);
});

test("one deviation away: 0.08332 deviations out of the money, 1.08332 in it", () => {
  expect(call(110, 100, 10).value).toBeCloseTo(0.8331547058768, 10);
  expect(put(110, 100, 10).value).toBeCloseTo(10.8331547058768, 10);
  expect(call(90, 100, 10).value).toBeCloseTo(10.8331547058768, 10);
  expect(call(90, 100, 10).delta).toBeCloseTo(0.841344746068543, 12);
});

test("values and strikes may be negative: only their distance counts", () => {
  expect(call(-30, -25, 8)).toEqual(call(0, 5, 8));
  expect(put(-5, -25, 8)).toEqual(put(20, 0, 8));
});

test("without uncertainty an option is worth what it pays", () => {
  expect(call(90, 100, 0)).toEqual({ value: 10, delta: 1 });
  expect(call(110, 100, 0)).toEqual({ value: 0, delta: 0 });
  expect(put(110, 100, 0)).toEqual({ value: 10, delta: -1 });
  expect(put(90, 100, 0).value).toBe(0);
  expect(call(100, 100, 0)).toEqual({ value: 0, delta: 0.5 });
});

test(`parity, bounds and slopes hold for any view (seed ${SEED})`, () => {
  for (const { strike, mean, sd } of views()) {
    const [c, p] = [call(strike, mean, sd), put(strike, mean, sd)];
    const near = 1e-9 * (1 + Math.abs(mean - strike) + sd);
    expect(Math.abs(c.value - p.value - (mean - strike))).toBeLessThan(near);
    expect(c.delta - p.delta).toBeCloseTo(1, 12);
    expect(c.value).toBeGreaterThanOrEqual(Math.max(0, mean - strike));
    expect(p.value).toBeGreaterThanOrEqual(Math.max(0, strike - mean));
    expect(c.delta).toBeGreaterThanOrEqual(0);
    expect(c.delta).toBeLessThanOrEqual(1);
    // A call is worth more with a greater deviation, a greater mean and a lower strike.
    expect(call(strike, mean, sd * 1.1).value).toBeGreaterThanOrEqual(c.value - near);
    expect(call(strike, mean + sd / 3, sd).value).toBeGreaterThanOrEqual(c.value - near);
    expect(call(strike - 1, mean, sd).value).toBeGreaterThanOrEqual(c.value - near);
    // The delta is the slope of the value over the mean.
    const step = sd * 1e-4;
    const slope = (call(strike, mean + step, sd).value - call(strike, mean - step, sd).value) / 2;
    expect(slope / step).toBeCloseTo(c.delta, 5);
    // Values of calls are convex in the strike: no butterfly is worth less than zero.
    const wing = call(strike - 5, mean, sd).value + call(strike + 5, mean, sd).value;
    expect(wing - 2 * c.value).toBeGreaterThanOrEqual(-near);
  }
});

test("an edge is what a trade at the price gains", () => {
  expect(edgeAt("buy", 4, 3.5)).toBe(0.5);
  expect(edgeAt("sell", 4, 3.5)).toBe(-0.5);
});
