import { expect, test } from "vitest";
import { placesOf } from "./places.ts";

const texts = (...pnls: number[]) => placesOf(pnls.map((pnl) => ({ pnl }))).map(({ text }) => text);

test("equals share a place, and those behind them have the place of their number", () => {
  expect(texts(5, 3, 3, 1)).toEqual(["1", "2=", "2=", "4"]);
  expect(texts(0, 0, 0)).toEqual(["1=", "1=", "1="]);
  expect(texts(7)).toEqual(["1"]);
  expect(texts()).toEqual([]);
});
