import { expect, test } from "vitest";
import {
  shortQty,
  mostDecimals,
  formatAverage,
  formatCountdown,
  formatMoment,
  formatMoney,
  formatPosition,
  formatPrice,
  formatTime,
  parseNumber,
  readQty,
} from "./format.ts";
import { decimalsOf } from "./trading/grid.ts";

test("a price has its tick's decimals", () => {
  expect([1, 5, 0.5, 0.25, 0.01, 0.000001].map(decimalsOf)).toEqual([0, 0, 1, 2, 2, 6]);
  expect(formatPrice(1234.5, 0.25)).toBe("1,234.50");
  expect(formatPrice(-0.0000001, 0.01)).toBe("0.00");
  expect(formatPrice(0.1 + 0.2, 0.1)).toBe("0.3");
  // Traded on quarters, before the tick became a half.
  expect(formatPrice(31.25, 0.5)).toBe("31.25");
  expect(formatPrice(null, 1)).toBe("–");
});

test("a value off the tick grid keeps its decimals", () => {
  expect(formatPrice(53.7, 1)).toBe("53.7");
  expect(formatPrice(54, 0.25)).toBe("54.00");
  expect(formatPrice(-0.125, 0.5)).toBe("−0.125");
  expect(formatPrice(null, 1)).toBe("–");
});

test("an average has its tick's decimals, and two more where it needs them", () => {
  expect([formatAverage(6.5, 0.5), formatAverage(105.25, 1)]).toEqual(["6.5", "105.25"]);
  expect(formatAverage(100 / 3, 1)).toBe("33.33");
  expect(formatAverage(100, 1)).toBe("100");
});

test("money and positions carry their sign, zero none", () => {
  expect(formatMoney(1234567.891)).toBe("+1,234,567.89");
  expect(formatMoney(-50)).toBe("−50.00");
  expect(formatMoney(0.001)).toBe("0.00");
  expect(formatPosition(12)).toBe("+12");
  expect(formatPosition(-1200)).toBe("−1,200");
});

test("reads what people type", () => {
  expect(parseNumber("1,234.5")).toBe(1234.5);
  expect(parseNumber("−3,5")).toBe(-3.5);
  expect(parseNumber("12,000")).toBe(12000);
  expect(parseNumber(".5")).toBe(0.5);
  expect(parseNumber("1e5")).toBeNull();
  expect(parseNumber("")).toBeNull();
});

test("time left is rounded up", () => {
  expect(formatCountdown(59_001)).toBe("1:00");
  expect(formatCountdown(3_661_000)).toBe("1:01:01");
  expect(formatCountdown(-5)).toBe("0:00");
});

test("in little room a quantity is in thousands, never more than there is", () => {
  expect([999, 1_000, 1_299, 12_999, 3_450_000].map(shortQty)).toEqual([
    "999",
    "1k",
    "1.2k",
    "12k",
    "3.4m",
  ]);
});

test("a list of prices keeps room for its longest decimals", () => {
  const tickOf = (inst: number) => (inst === 1 ? 0.5 : 1);
  const at = (inst: number, price: number | null) => ({ inst, price });
  expect(mostDecimals([], tickOf)).toBe(0);
  expect(mostDecimals([at(2, 100), at(2, null)], tickOf)).toBe(0);
  expect(mostDecimals([at(2, 100), at(1, 31)], tickOf)).toBe(1);
  expect(mostDecimals([at(1, 31.5), at(1, -31.25), at(2, 7)], tickOf)).toBe(2);
});

test("a moment is told to the millisecond, whatever floating point left of it", () => {
  expect(formatMoment(1_700_000_001_007.0002)).toBe(`${formatTime(1_700_000_001_000)}.007`);
  expect(formatMoment(1_700_000_001_999.9)).toBe(`${formatTime(1_700_000_002_000)}.000`);
});

test("quantities are positive whole numbers", () => {
  expect(readQty("10")).toBe(10);
  expect(readQty("1,000")).toBe(1000);
  for (const bad of ["0", "-1", "1.5", "", "x"]) expect(readQty(bad)).toBeNull();
});
