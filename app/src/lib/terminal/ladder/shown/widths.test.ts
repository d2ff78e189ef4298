import { expect, test } from "vitest";
import { fitQty } from "#lib/format.ts";
import { priceColumnPx, widthsOf } from "./widths.ts";

test("narrow columns shorten what wide ones show in full, and before they are measured nothing is short", () => {
  const narrow = widthsOf({ own: 44, book: 44, digit: 8 }, false);
  expect(fitQty(12_345, narrow.book)).toBe("12k");
  expect(fitQty(765_432, narrow.own)).toBe("765k");
  const wide = widthsOf({ own: 80, book: 110, digit: 8 }, false);
  expect(fitQty(1_999_999, wide.book)).toBe("1,999,999");
  expect(widthsOf({ own: 80, book: 110, digit: 8 }, true).book).toBeLessThan(wide.book);
  expect(fitQty(1_999_999, widthsOf({ own: 0, book: 0, digit: 0 }, true).book)).toBe("1,999,999");
});

test("the column of prices is as wide as the longest price needs", () => {
  expect(priceColumnPx(["9.5", "12,345.5"], 8, false)).toBeGreaterThan(
    priceColumnPx(["9.5"], 8, false),
  );
  expect(priceColumnPx(["9.5"], 8, true)).toBeGreaterThan(priceColumnPx(["9.5"], 8, false));
});
