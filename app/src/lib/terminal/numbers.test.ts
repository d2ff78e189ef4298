import { expect, test } from "vitest";
import { readQty, toLot } from "./numbers.ts";

test("quantities are positive whole numbers", () => {
  expect(readQty("10")).toBe(10);
  expect(readQty("1,000")).toBe(1000);
  for (const bad of ["0", "-1", "1.5", "", "x"]) expect(readQty(bad)).toBeNull();
});

test("quantities go to the nearest lot", () => {
  expect(toLot(12, 5)).toBe(10);
  expect(toLot(1, 5)).toBe(5);
  expect(toLot(7, 1)).toBe(7);
});
