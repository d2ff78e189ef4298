import { expect, test } from "vitest";
import {
  figureWidth,
  fit,
  fitQty,
  mostDecimals,
  formatAverage,
  formatCountdown,
  formatMoment,
  formatMoney,
  formatPosition,
  formatPrice,
  formatQty,
  formatTime,
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
  expect(formatMoney(1234567.891, 2)).toBe("+1,234,567.89");
  expect(formatMoney(-50, 2)).toBe("−50.00");
  expect(formatMoney(0.001, 2)).toBe("0.00");
  expect(formatMoney(0.001, 4)).toBe("+0.0010");
  expect(formatPosition(12)).toBe("+12");
  expect(formatPosition(-1200)).toBe("−1,200");
});

test("time left is rounded up", () => {
  expect(formatCountdown(59_001)).toBe("1:00");
  expect(formatCountdown(3_661_000)).toBe("1:01:01");
  expect(formatCountdown(-5)).toBe("0:00");
});

test("a figure that fits its place is as it is, another is in thousands or millions, never more than there is", () => {
  const at = (most: number) =>
    [999, 1_000, 12_345, 765_432, 1_999_999, 2_000_000].map((qty) => fitQty(qty, most));
  expect(at(9)).toEqual(["999", "1,000", "12,345", "765,432", "1,999,999", "2,000,000"]);
  expect(at(5)).toEqual(["999", "1,000", "12.3k", "765k", "1.99M", "2.00M"]);
  expect(at(4)).toEqual(["999", "1.0k", "12k", "765k", "1.9M", "2.0M"]);
  expect(at(1)).toEqual(["999", "1k", "12k", "765k", "1M", "2M"]);
  expect(fitQty(null, 1)).toBe("–");
});

test("a shortened figure keeps its sign, and money its cents as long as they fit", () => {
  const money = (value: number, most: number) => fit(formatMoney(value, 2), value, most);
  expect(money(-12_600_000, 13)).toBe("−12,600,000.00");
  expect(money(-12_600_000, 7)).toBe("−12.6M");
  expect(money(1_234.56, 5.6)).toBe("+1.23k");
  expect(money(0.29, 4)).toBe("+0.2");
  expect(money(-123_456_789_012, 8)).toBe("−123B");
  for (const value of [1, 12, 123, 1_234, 12_345, 123_456, 1_234_567, 12_345_678, 123_456_789])
    for (const most of [5, 6, 7, 8])
      expect(figureWidth(fit(formatQty(-value), -value, most)), `${value}`).toBeLessThanOrEqual(
        Math.max(most, 5.4),
      );
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
