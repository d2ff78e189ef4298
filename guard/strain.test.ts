import { expect, test } from "vitest";
import { guardLimits } from "./limits.ts";
import { Meter } from "./lines/meter.ts";
import { Strain } from "./strain.ts";

const { probeMs, lateMs, firstShare, leastShare, shareStep } = guardLimits.strain;

/** Probes for so long a runtime that takes so many ms to answer. @returns the share at the end */
function ask(strain: Strain, fromMs: number, toMs: number, answerMs: number): number {
  let askedMs: number | null = null;
  for (let now = fromMs; now < toMs; now += 5) {
    if (askedMs !== null && now - askedMs >= answerMs) {
      strain.answered(now);
      askedMs = null;
    }
    if (strain.isDue(now)) strain.asked((askedMs = now));
  }
  return strain.share;
}

test("a beginning gets the first share, and everything once the runtime has answered in time for a while", () => {
  const strain = new Strain();
  expect(strain.share).toBe(firstShare);
  expect(ask(strain, 0, 5_000, 5)).toBe(1);
  for (let now = 5_000; now < 10_000; now += probeMs) strain.rest(now);
  expect(strain.share).toBe(firstShare);
});

test("one that is late gives out less and less, one that does not answer at all as well", () => {
  for (const answerMs of [lateMs + 20, Infinity]) {
    const strain = new Strain();
    expect(ask(strain, 0, 3 * probeMs + lateMs, answerMs)).toBeLessThan(firstShare);
    expect(ask(strain, 3 * probeMs, 3_000, answerMs)).toBe(leastShare);
  }
});

test("once it keeps up again the share comes back in small steps", () => {
  const strain = new Strain();
  ask(strain, 0, 3_000, lateMs + 20);
  strain.answered(3_000);
  const before = strain.share;
  const after = ask(strain, 3_000, 3_000 + 3 * probeMs, 5);
  expect(after).toBeGreaterThan(before);
  expect(after).toBeLessThanOrEqual(before + 4 * shareStep);
  expect(ask(strain, 4_000, 20_000, 5)).toBe(1);
});

test("requests are paced only once answers have been late, and the more the later they were", () => {
  const strain = new Strain();
  expect(strain.paceMs).toBe(0);
  ask(strain, 0, 3 * probeMs + lateMs, lateMs + 20);
  const first = strain.paceMs;
  expect(first).toBeGreaterThan(0);
  ask(strain, 3 * probeMs, 3_000, Infinity);
  expect(strain.paceMs).toBeGreaterThan(first);
  strain.answered(3_000);
  ask(strain, 3_000, 20_000, 5);
  expect(strain.paceMs).toBe(0);
});

test("pool and address give out their share, and never less than the assured units", () => {
  const meter = new Meter(0);
  const line = meter.enter("a", 0);
  meter.share = leastShare;
  const granted = (fromMs: number, toMs: number) => {
    let sum = 0;
    for (let now = fromMs; now < toMs; now += 50) {
      const units = meter.granted(line, now);
      if (units < 1) continue;
      meter.charge(line, units);
      sum += units;
    }
    return sum / ((toMs - fromMs) / 1_000);
  };
  granted(0, 2_000);
  const { assured, own, pool, address } = guardLimits;
  const most =
    assured.perSec +
    Math.min(own.perSec + pool.perSec * leastShare, address.perSec * address.leastShareAlone);
  expect(granted(2_000, 12_000)).toBeGreaterThan(0.8 * most);
  expect(granted(12_000, 22_000)).toBeLessThan(1.1 * most);
});
