import { expect, test } from "vitest";
import { about, symbolParts } from "./instruments.ts";

test("an option's symbol is told apart by its end", () => {
  expect(symbolParts("INDEX 100.5C")).toEqual(["INDEX", " 100.5C"]);
  expect(symbolParts("RED CARS 7P")).toEqual(["RED CARS", " 7P"]);
  expect(symbolParts("SUM")).toEqual(["SUM", ""]);
});

test("what is traded stands after the symbol, where the host said it", () => {
  expect(about({ symbol: "SUM", description: "Sum of the dice" })).toBe("SUM: Sum of the dice");
  expect(about({ symbol: "SUM", description: null })).toBe("SUM");
});
