import { expect, test } from "vitest";
import { axisLabel, axisLabels } from "./axis.ts";

test("a label says the price at which it stands, also between two ticks", () => {
  expect([2.5, 5, 7.5].map((ticks) => axisLabel(ticks, 1))).toEqual(["2.5", "5", "7.5"]);
  expect([390, 392.5].map((ticks) => axisLabel(ticks, 0.25))).toEqual(["97.50", "98.125"]);
  expect(axisLabel(3, 0.1)).toBe("0.3");
});

test("no label stands under that of the last price", () => {
  const heightOf = (ticks: number) => 200 - ticks;
  expect(axisLabels([100, 110, 120, 130], 1, 86, heightOf, 12)).toEqual(["100", "", "", "130"]);
  expect(axisLabels([100, 110], 1, null, heightOf, 12)).toEqual(["100", "110"]);
});
