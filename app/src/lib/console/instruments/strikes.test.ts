import { expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { inStrikeOrder } from "#lib/trading/instruments.ts";
import { optionSymbol, strikesOf, stripListings } from "./strikes.ts";

test("strikes stand around the centre", () => {
  expect(strikesOf({ centre: 100, step: 10, count: 5 })).toEqual([80, 90, 100, 110, 120]);
  expect(strikesOf({ centre: 0.3, step: 0.1, count: 4 })).toEqual([0.2, 0.3, 0.4, 0.5]);
  expect(strikesOf({ centre: -10, step: 10, count: 3 })).toEqual([-20, -10, 0]);
});

test("symbols fit", () => {
  expect(optionSymbol("INDEX", 100, "CALL")).toBe("INDEX 100C");
  expect(optionSymbol("A-VERY-LONG-NAME", 1000.5, "PUT")).toHaveLength(16);
});

test("options that exist already are not added again", () => {
  const underlying = { id: 1, symbol: "X", type: "SCALAR", reference_id: null } as Instrument;
  const call = { id: 2, symbol: "X 90C", type: "CALL", reference_id: 1, strike: 90 } as Instrument;
  const strip = { centre: 90, step: 10, count: 1 };
  const added = stripListings(underlying, strip, 1, [underlying, call]);
  expect(added.map((one) => one.symbol)).toEqual(["X 90P"]);
  const put = { ...call, id: 3, symbol: "X 80P", type: "PUT", strike: 80 } as Instrument;
  expect(inStrikeOrder([call, put, underlying]).map((one) => one.id)).toEqual([1, 3, 2]);
});
