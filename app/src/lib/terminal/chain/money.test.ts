import { expect, test } from "vitest";
import { buildChains } from "#lib/trading/instruments.ts";
import { inTheMoney, moneyLine } from "./money.ts";
import { instrument, option } from "#lib/trading/testing/instruments.ts";

test("the at-the-money line stands between the strikes around the reference", () => {
  const rows =
    buildChains([instrument(1), ...[90, 100, 110].map((k, i) => option(i + 2, "CALL", k))])[0]
      ?.rows ?? [];
  expect(moneyLine(rows, 104)).toBe(2);
  expect(moneyLine(rows, 100)).toBe(2);
  expect(moneyLine(rows, 50)).toBe(0);
  expect(moneyLine(rows, 500)).toBe(3);
  expect(moneyLine(rows, null)).toBeNull();
});

test("in the money: calls below, puts above, neither at the strike", () => {
  expect(inTheMoney("CALL", 100, 101)).toBe(true);
  expect(inTheMoney("PUT", 100, 101)).toBe(false);
  expect(inTheMoney("PUT", 100, 99)).toBe(true);
  expect(inTheMoney("CALL", 100, 100)).toBe(false);
  expect(inTheMoney("CALL", 100, null)).toBe(false);
});
