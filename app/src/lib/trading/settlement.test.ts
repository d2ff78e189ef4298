import { expect, test } from "vitest";
import { extremes, payoffAt, type Leg } from "./settlement.ts";

const leg = (
  type: "SCALAR" | "CALL" | "PUT",
  strike: number | null,
  qty: number,
  vwap: number,
  realized = 0,
): Leg => ({
  instrument: { type, strike, tick_value: 1 },
  qty,
  vwap,
  realized,
});
const open = { min: -Infinity, max: Infinity };

test("the wire contract's own examples", () => {
  expect(payoffAt([leg("SCALAR", null, 10, 100)], 105)).toBe(50);
  expect(payoffAt([leg("CALL", 100, 10, 5)], 120)).toBe(150);
  expect(payoffAt([leg("CALL", 100, -10, 5)], 120)).toBe(-150);
});

test("a bought call loses at most its premium, a sold one has no limit", () => {
  expect(extremes([leg("CALL", 100, 10, 5)], open)).toEqual({
    worst: { at: 100, money: -50 },
    best: { at: Infinity, money: Infinity },
  });
  expect(extremes([leg("CALL", 100, -10, 5)], open).worst).toEqual({
    at: Infinity,
    money: -Infinity,
  });
});

test("a butterfly is bounded on both sides and best at its middle", () => {
  const fly = [leg("CALL", 90, 1, 12), leg("CALL", 100, -2, 6), leg("CALL", 110, 1, 3)];
  expect(extremes(fly, open)).toEqual({
    worst: { at: 90, money: -3 },
    best: { at: 100, money: 7 },
  });
});

test("what was realised counts, and bounds cut the ends", () => {
  const { worst, best } = extremes([leg("SCALAR", null, -2, 50, 30)], { min: 0, max: 91 });
  expect(best).toEqual({ at: 0, money: 130 });
  expect(worst).toEqual({ at: 91, money: -52 });
  expect(extremes([leg("PUT", 40, -1, 3)], { min: 0, max: Infinity }).worst).toEqual({
    at: 0,
    money: -37,
  });
});

test("below zero a sold put has no limit where the underlying has none", () => {
  expect(extremes([leg("PUT", 40, -1, 3)], open).worst).toEqual({
    at: -Infinity,
    money: -Infinity,
  });
});
