import { expect, test } from "vitest";
import { pipsOf } from "./pips.ts";

test("a die of one to six has as many pips, each in a place of its own", () => {
  for (let value = 1; value <= 6; value++) {
    const pips = pipsOf(value)!;
    expect(new Set(pips.map(String)).size).toBe(value);
  }
});

test("other numbers are written", () => {
  expect([pipsOf(0), pipsOf(7), pipsOf(2.5)]).toEqual([null, null, null]);
});
