/** Tests of the server's clock over wall clocks that step: it never goes back, hardly stands still, and keeps time. */

import { describe, expect, test } from "vitest";
import { beatReachMs, holdMostMs, ServerClock } from "./clock.ts";

const T = 1_700_000_000_000;
const hour = 3_600_000;
const year = 365 * 24 * hour;
const beatEveryMs = 500;

/** A machine: time that passes, a wall clock that is set, and a launcher that reports both. */
class Machine {
  /** The time that has truly passed. */
  runMs = 5_000;
  steppedMs = 0;
  readonly clock = new ServerClock(() => T + this.runMs + this.steppedMs);

  constructor() {
    this.clock.now();
  }

  beat(): boolean {
    return this.clock.beat({ runMs: this.runMs, wallMs: T + this.runMs + this.steppedMs });
  }

  /** Lets time pass, with a beat every half second. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= beatEveryMs) {
      this.runMs += Math.min(left, beatEveryMs);
      this.beat();
    }
  }
}

describe("with the launcher's beats", () => {
  test("shows what the wall shows while that only runs", () => {
    const machine = new Machine();
    expect(machine.clock.now()).toBe(T + 5_000);
    machine.pass(60_000);
    machine.runMs += 321;
    expect(machine.clock.now()).toBe(T + 65_321);
  });

  test("follows the wall forward at once when nobody waits for an end", () => {
    const machine = new Machine();
    machine.beat();
    machine.steppedMs = year;
    machine.pass(500);
    expect(machine.clock.now()).toBe(T + year + 5_500);
  });

  test.each([
    ["forward by an hour", hour],
    ["forward by a year", year],
    ["back by an hour", -hour],
    ["back by two seconds", -2_000],
  ])("an end in ten minutes comes in ten minutes although the wall steps %s", (_what, step) => {
    const machine = new Machine();
    machine.beat();
    const endMs = machine.clock.now() + 600_000;
    machine.clock.holdUntil("ROOM", endMs);
    machine.pass(200_000);
    machine.steppedMs = step;
    machine.pass(399_999);
    expect(machine.clock.now()).toBe(endMs - 1);
    machine.pass(1);
    expect(machine.clock.now()).toBe(endMs);
    // Has no end any more, once the session has ended.
    machine.clock.holdUntil("ROOM", null);
    machine.pass(500);
    expect(machine.clock.now()).toBe(endMs + 500 + Math.max(0, step));
  });

  test("an end whose room never says that it has paused holds for a few seconds more", () => {
    const machine = new Machine();
    machine.beat();
    machine.clock.holdUntil("ROOM", machine.clock.now() + 1_000);
    machine.steppedMs = hour;
    machine.pass(5_500);
    expect(machine.clock.now()).toBe(T + 10_500);
    machine.pass(500);
    expect(machine.clock.now()).toBe(T + hour + 11_000);
  });

  test("an end that is taken away holds no longer, nor does one that is days off", () => {
    const machine = new Machine();
    machine.beat();
    machine.clock.holdUntil("ROOM", machine.clock.now() + 600_000);
    machine.clock.holdUntil("FAR", machine.clock.now() + 2 * holdMostMs);
    expect(machine.clock.awaited()).toEqual(["ROOM", "FAR"]);
    machine.steppedMs = hour;
    machine.pass(500);
    expect(machine.clock.now()).toBe(T + 5_500);
    machine.clock.holdUntil("ROOM", null);
    machine.pass(500);
    expect(machine.clock.now()).toBe(T + hour + 6_000);
  });

  test("says when the wall was set back, and not when it is slewed or a beat was overtaken", () => {
    const machine = new Machine();
    expect(machine.beat()).toBe(false);
    machine.steppedMs = -400;
    expect(machine.beat()).toBe(false);
    machine.steppedMs = hour;
    expect(machine.beat()).toBe(false);
    machine.steppedMs = 0;
    expect(machine.beat()).toBe(true);
    expect(machine.beat()).toBe(false);
    expect(machine.clock.beat({ runMs: 1, wallMs: 1 })).toBe(false);
    expect(machine.clock.now()).toBe(T + hour + 5_000);
  });

  test("a launcher that is silent stops the time, and its next beat brings it up again", () => {
    const machine = new Machine();
    machine.beat();
    machine.runMs += 60_000;
    expect(machine.clock.now()).toBe(T + 5_000 + beatReachMs);
    machine.beat();
    expect(machine.clock.now()).toBe(T + 65_000);
  });

  test("what is set by the wall is set by as much as the two differ", () => {
    const machine = new Machine();
    machine.beat();
    machine.steppedMs = -hour;
    machine.pass(500);
    expect(machine.clock.aheadOfWallMs()).toBe(hour);
  });

  test("the first beat changes nothing, also after a step that came before it", () => {
    const machine = new Machine();
    machine.steppedMs = -hour;
    expect(machine.clock.now()).toBe(T + 5_000);
    machine.beat();
    expect(machine.clock.now()).toBe(T + 5_000);
    machine.pass(1_000);
    expect(machine.clock.now()).toBe(T + 6_000);
  });
});

describe("without beats", () => {
  test("follows the wall forward, and runs on at its pace when it steps back", () => {
    const machine = new Machine();
    machine.runMs += 1_000;
    machine.steppedMs = hour;
    expect(machine.clock.now()).toBe(T + hour + 6_000);
    machine.steppedMs = -year;
    expect(machine.clock.now()).toBe(T + hour + 6_000);
    machine.runMs += 50;
    expect(machine.clock.now()).toBe(T + hour + 6_050);
    machine.steppedMs = 2 * hour;
    expect(machine.clock.now()).toBe(T + 2 * hour + 6_050);
  });

  test("events that see the wall a little late do not make it fast", () => {
    const machine = new Machine();
    for (let index = 0; index < 10_000; index++) {
      machine.runMs += 1;
      machine.steppedMs = index % 2 === 0 ? 0 : -20;
      machine.clock.now();
    }
    machine.steppedMs = 0;
    expect(machine.clock.now()).toBe(T + machine.runMs);
  });
});

/** A generator of random numbers, Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each(Array.from({ length: 20 }, () => Math.floor(Math.random() * 2 ** 31)))(
  "any steps of the wall, seed %i: never back, still for a moment at most, an hour lasts an hour",
  (seed) => {
    const random = randomFrom(seed);
    const machine = new Machine();
    machine.beat();
    const start = machine.runMs;
    const endMs = machine.clock.now() + hour;
    machine.clock.holdUntil("ROOM", endMs);
    let saidMs = machine.clock.now();
    let movedAt = machine.runMs;
    let nextBeat = machine.runMs + beatEveryMs;
    while (machine.runMs < start + hour - 2 * beatReachMs) {
      machine.runMs += 1 + Math.floor(random() * 100);
      if (random() < 0.002) machine.steppedMs += (random() - 0.5) * 10 ** (3 + random() * 8);
      // Lets beats come late, as on a busy machine.
      if (machine.runMs >= nextBeat) {
        machine.beat();
        nextBeat = machine.runMs + beatEveryMs * (1 + random());
      }
      const now = machine.clock.now();
      const wentBack = now < saidMs;
      if (now > saidMs) movedAt = machine.runMs;
      saidMs = now;
      const stillMs = machine.runMs - movedAt;
      const offMs = now - (T + 5_000) - (machine.runMs - start);
      const isGood =
        !wentBack &&
        stillMs <= beatReachMs + 2 * beatEveryMs &&
        Math.abs(offMs) <= beatReachMs &&
        now < endMs;
      if (!isGood) expect.fail(`${JSON.stringify({ wentBack, stillMs, offMs, machine })}`);
    }
    machine.pass(2 * beatReachMs + 1_000);
    expect(machine.clock.now()).toBeGreaterThanOrEqual(endMs);
  },
);
