import { expect, test } from "vitest";
import { pnlFormat } from "./pnl-text.ts";

const written = (...amounts: number[]) => amounts.map(pnlFormat(amounts, 2));

test("whole amounts have no decimals, and a column that has cents has them everywhere", () => {
  expect(written(12, 0, -7)).toEqual(["+12", "0", "−7"]);
  expect(written(12, 0, -7.5)).toEqual(["+12.00", "0.00", "−7.50"]);
});

test("where ticks are worth little there are as many decimals as they need", () => {
  expect([0.0003, -1].map(pnlFormat([0.0003, -1], 4))).toEqual(["+0.0003", "−1.0000"]);
});

test("large amounts have no cents", () => {
  expect(written(1_234_567.89, -0.4)).toEqual(["+1,234,568", "0"]);
});
