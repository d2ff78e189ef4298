/** Tests of the counting behind the limits, on a clock of the test's. */

import { describe, expect, test } from "vitest";
import { CodeGuard } from "./codes.ts";
import { PasscodeGuard } from "./passcodes.ts";
import { Penalties } from "./penalties.ts";
import { Quotas } from "./quotas.ts";
import { BoundedMap } from "./bounded-map.ts";
import { Seats } from "./seats.ts";

describe("quotas", () => {
  test("give the burst at once and then as fast as they fill, to each key its own", () => {
    const quotas = new Quotas({ burst: 3, perSec: 1 });
    const takes = (key: string, now: number) => quotas.take(key, now);
    expect([takes("a", 0), takes("a", 0), takes("a", 0)]).toEqual([0, 0, 0]);
    expect(takes("a", 0)).toBe(1_000);
    expect(takes("b", 0)).toBe(0);
    expect(takes("a", 400)).toBe(600);
    expect(takes("a", 1_000)).toBe(0);
    expect(takes("a", 1_000)).toBe(1_000);
    expect([1, 2, 3, 4].map(() => takes("a", 1_000_000))).toEqual([0, 0, 0, 1_000]);
  });

  test("give nothing for a clock that runs backwards", () => {
    const quotas = new Quotas({ burst: 1, perSec: 1 });
    expect(quotas.take("a", 5_000)).toBe(0);
    expect(quotas.take("a", 0)).toBeGreaterThan(0);
    expect(quotas.take("a", 500)).toBeGreaterThan(0);
  });
});

describe("penalties", () => {
  const rule = { free: 2, firstMs: 1_000, mostMs: 4_000, forgetMs: 60_000 };

  test("double from the first mistake that is not free up to the most, and are forgotten", () => {
    const penalties = new Penalties(rule);
    const waits = [];
    let now = 0;
    for (let count = 0; count < 6; count++) {
      penalties.mistake("a", now);
      waits.push(penalties.waitMs("a", now));
      now += penalties.waitMs("a", now);
    }
    expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 4_000]);
    expect(penalties.waitMs("b", now)).toBe(0);
    now += 60_001;
    penalties.mistake("a", now);
    expect(penalties.waitMs("a", now)).toBe(0);
  });

  test("take a mistake back", () => {
    const penalties = new Penalties(rule);
    for (let count = 0; count < 100; count++) {
      penalties.mistake("a", count);
      penalties.forgive("a");
    }
    expect(penalties.waitMs("a", 100)).toBe(0);
    penalties.forgive("nobody");
  });
});

describe("the guard of the codes", () => {
  test("stops a guesser, keeps the rooms open that its address knew, and lets a class of 200 in", () => {
    const guard = new CodeGuard(100);
    for (let student = 0; student < 200; student++) {
      expect(guard.attempt("school", "GAME", student)).toBe(0);
      guard.found("school", "GAME");
    }
    let answered = 0;
    for (let guess = 0; guess < 100_000; guess++)
      if (guard.attempt("school", `guess ${guess}`, 1_000 + guess) === 0) answered++;
    // Allows a hundred free ones, and in a hundred seconds of waiting (1 + 2 + 4 + ...) a few more.
    expect(answered).toBeLessThan(110);
    expect(guard.attempt("school", "GAME", 101_000)).toBe(0);
    expect(guard.attempt("school", "OTHER", 101_000)).toBeGreaterThan(0);
    expect(guard.attempt("elsewhere", "OTHER", 101_000)).toBe(0);
  });

  test("opens the rooms that an address makes to it, and forgives it nothing for them", () => {
    const guard = new CodeGuard(10);
    let answered = 0;
    for (let guess = 0; guess < 1_000; guess++) {
      guard.made("a", `own ${guess}`);
      expect(guard.attempt("a", `own ${guess}`, guess)).toBe(0);
      guard.found("a", `own ${guess}`);
      if (guard.attempt("a", `guess ${guess}`, guess) === 0) answered++;
    }
    expect(answered).toBe(11);
  });

  test("counts what is under way, so that a thousand at once gain nothing", () => {
    const guard = new CodeGuard(100);
    const waits = Array.from({ length: 1_000 }, (_, guess) => guard.attempt("a", `${guess}`, 0));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(101);
  });

  test("remembers so many rooms of an address and no more", () => {
    const guard = new CodeGuard(1);
    for (let room = 0; room < 40; room++) {
      guard.attempt("a", `room ${room}`, 0);
      guard.found("a", `room ${room}`);
    }
    for (let miss = 0; miss < 3; miss++) guard.attempt("a", `miss ${miss}`, 0);
    expect(guard.attempt("a", "room 39", 0)).toBe(0);
    expect(guard.attempt("a", "room 0", 0)).toBeGreaterThan(0);
  });
});

test("the guard of the passcodes delays an address in one room, and all addresses less", () => {
  const guard = new PasscodeGuard();
  for (let count = 0; count < 60; count++) guard.wrong("ROOM", "a", 0);
  expect(guard.waitMs("ROOM", "a", 0)).toBe(60_000);
  expect(guard.waitMs("ROOM", "b", 0)).toBe(0);
  expect(guard.waitMs("OTHER", "a", 0)).toBe(0);
  for (let count = 0; count < 200; count++) guard.wrong("ROOM", `address ${count}`, 0);
  expect(guard.waitMs("ROOM", "address 0", 0)).toBe(5_000);
  // Does not keep out an address without a mistake.
  expect(guard.waitMs("ROOM", "b", 0)).toBe(0);
  guard.wrong("ROOM", "b", 0);
  expect(guard.waitMs("ROOM", "b", 0)).toBe(5_000);
});

test("a crowd of keys takes no more memory than it may", () => {
  const map = new BoundedMap<number>(3);
  for (const key of ["a", "b", "c", "a", "d"]) map.set(key, 1);
  expect(map.size).toBe(3);
  expect(["a", "b", "c", "d"].filter((key) => map.get(key) !== undefined)).toEqual(["a", "c", "d"]);
});

describe("seats", () => {
  const rule = { seats: 2, lapseMs: 1_000, mostMs: 5_000 };

  test("are for the first who came; the others wait in their order", () => {
    const seats = new Seats<string>(rule);
    expect(["a", "b", "c", "d"].map((key) => seats.take(key, 0))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    seats.give("a");
    expect(["d", "c", "b"].map((key) => seats.take(key, 1))).toEqual([false, true, true]);
    expect(seats.size(1)).toBe(3);
  });

  test("are lost by who is not heard of, to be had again at the end of the queue", () => {
    const seats = new Seats<string>({ ...rule, seats: 1 });
    expect(seats.take("a", 0)).toBe(true);
    expect(seats.take("b", 900)).toBe(false);
    expect(seats.renew("a", 1_000)).toBe(true);
    expect(seats.take("b", 1_900)).toBe(false);
    expect(seats.take("b", 2_001)).toBe(true);
    expect(seats.renew("a", 2_001)).toBe(false);
    expect(seats.knows("a")).toBe(false);
    expect(seats.take("a", 2_002)).toBe(false);
  });

  test("are held for as long as nobody waits, and given up after the most when somebody does", () => {
    const seats = new Seats<string>({ ...rule, seats: 1 });
    for (let now = 0; now <= 20_000; now += 500) expect(seats.take("a", now)).toBe(true);
    expect(seats.take("b", 20_400)).toBe(false);
    expect(seats.take("b", 20_401)).toBe(true);
    expect(seats.renew("a", 20_402)).toBe(false);
  });
});
