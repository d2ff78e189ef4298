import { expect, test } from "vitest";
import { guardLimits } from "../limits.ts";
import { Meter } from "./meter.ts";

const { own, pool, address, assured } = guardLimits;

test("a line that sends without limit gets its own rate and the rest of the pool", () => {
  const meter = new Meter(0);
  const line = meter.enter("a", 0);
  let sent = 0;
  for (let now = 0; now <= 10_000; now += 50) {
    const units = meter.granted(line, now);
    if (units < 1) continue;
    meter.charge(line, units);
    sent += units;
  }
  const most = 10 * (own.perSec + pool.perSec + assured.perSec);
  expect(sent).toBeGreaterThan(0.9 * most);
  expect(sent).toBeLessThan(most + own.burst + pool.burst + assured.burst + 100);
});

test("a line of another address is not held up by a flood that has taken the pool", () => {
  const meter = new Meter(0);
  const flood = Array.from({ length: 100 }, () => meter.enter("a", 0));
  const quiet = meter.enter("b", 0);
  for (let now = 0; now <= 5_000; now += 50) {
    for (const line of flood) {
      const units = meter.granted(line, now);
      if (units >= 1) meter.charge(line, units);
    }
    // The line sends twenty frames a second.
    expect(meter.granted(quiet, now)).toBeGreaterThanOrEqual(1);
    meter.charge(quiet, 1);
  }
});

test("all lines of an address together keep to its rate, and each has its assured units beyond", () => {
  const meter = new Meter(0);
  const lines = Array.from({ length: 200 }, () => meter.enter("a", 0));
  let sent = 0;
  for (let now = 0; now <= 10_000; now += 50)
    for (const line of lines) {
      const units = meter.granted(line, now);
      if (units < 1) continue;
      meter.charge(line, units);
      sent += units;
    }
  const most = 10 * (address.perSec + 200 * assured.perSec);
  expect(sent).toBeLessThan(most + address.burst + 200 * assured.burst + 1_000);
  expect(sent).toBeGreaterThan(0.9 * most);
});

test("while the runtime is behind an address gives out less, and twenty traders still have fifty a second each", () => {
  const meter = new Meter(0);
  meter.share = 1 / 16;
  const lines = Array.from({ length: 20 }, () => meter.enter("a", 0));
  let sent = 0;
  for (let now = 0; now <= 10_000; now += 50)
    for (const line of lines) {
      const units = meter.granted(line, now);
      if (units < 1) continue;
      meter.charge(line, units);
      sent += units;
    }
  expect(sent).toBeGreaterThan(10 * 20 * 50);
  expect(sent).toBeLessThan(11 * (address.perSec * address.leastShareAlone + 20 * assured.perSec));
});

test("while the runtime is behind and others are there, an address gives out less still, and the others all they want", () => {
  const meter = new Meter(0);
  meter.share = guardLimits.strain.leastShare;
  const many = Array.from({ length: 40 }, () => meter.enter("a", 0));
  const other = meter.enter("b", 0);
  let sent = 0;
  for (let now = 0; now <= 11_000; now += 50) {
    for (const line of many) {
      const units = Math.floor(meter.granted(line, now));
      if (units < 1) continue;
      meter.charge(line, units);
      if (now > 1_000) sent += units;
    }
    expect(meter.granted(other, now)).toBeGreaterThanOrEqual(1);
    meter.charge(other, 1);
  }
  const most = address.perSec * address.leastShare + 40 * assured.perSec * assured.leastShare;
  expect(sent).toBeLessThan(11 * most);
  expect(sent).toBeGreaterThan(8 * address.perSec * address.leastShare);
});

test("more lines than a class has share the assured units", () => {
  const meter = new Meter(0);
  const lines = Array.from({ length: 2_000 }, () => meter.enter("a", 0));
  meter.charge(lines[0]!, 1e9);
  let sent = 0;
  for (let now = 0; now <= 10_000; now += 50)
    for (const line of lines) {
      const units = Math.floor(meter.granted(line, now));
      if (units < 1) continue;
      meter.charge(line, units);
      sent += units;
    }
  expect(sent).toBeGreaterThan(5 * assured.lines * assured.perSec);
  expect(sent).toBeLessThan(10 * assured.lines * assured.perSec + lines.length * assured.burst);
});

test("a line pays its own debt back, and an address that comes back has no more than it had", () => {
  const meter = new Meter(0);
  const line = meter.enter("a", 0);
  meter.charge(line, pool.burst + own.burst + assured.burst + address.burst);
  expect(meter.granted(line, 0)).toBe(0);
  meter.leave("a");
  expect(meter.granted(meter.enter("a", 0), 0)).toBeLessThan(own.burst + assured.burst);
  expect(meter.granted(meter.enter("b", 0), 0)).toBe(own.atFirst + assured.atFirst);
});
