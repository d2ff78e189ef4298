import { beforeEach, expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { parseSaved, preferencesOf, type Preferences } from "./preferences.svelte.ts";
import { TraderTheory, formatTheory, formatEdge, roundEdge, formatDelta } from "./theory.svelte.ts";

const call: Instrument = {
  ...scalar,
  ...{ id: 2, inst: 2, symbol: "C100", type: "CALL", reference_id: 1, strike: 100 },
};
let room: FakeRoom;
let preferences: Preferences;
let theory: TraderTheory;
beforeEach(() => {
  room = new FakeRoom();
  room.instruments = [scalar, call];
  preferences = preferencesOf(parseSaved(null));
  theory = new TraderTheory(room, preferences);
});

test("without a view nothing has a value", () => {
  room.book({ bids: [[99, 1]], asks: [[101, 1]] });
  expect([theory.hasView(1), theory.middle(1), theory.middle(2)]).toEqual([false, null, null]);
});

test("a mean left empty follows the middle of the market, and then says nothing about the scalar itself", () => {
  theory.setView(1, { mean: null, sd: 10 });
  expect(theory.middle(2)).toBeNull();
  room.book({ bids: [[99, 1]] });
  expect(theory.middle(2)).toBeNull();
  room.book({ asks: [[101, 1]] });
  expect([theory.midOrLast(1), theory.middle(2), theory.middle(1)]).toEqual([100, 4, null]);
  room.book({ asks: [], last: 110 });
  expect([theory.midOrLast(1), theory.middle(2)]).toEqual([110, 11]);
});

test("a mean of one's own values the scalar, too; options wait for the deviation", () => {
  theory.setView(1, { mean: 104.2, sd: null });
  expect([theory.hasView(1), theory.middle(1), theory.middle(2)]).toEqual([false, 104, null]);
  theory.setView(1, { mean: 104.2, sd: 0 });
  expect(theory.middle(2)).toBe(4);
  room.instruments = [scalar, { ...call, settled: true }];
  expect(theory.middle(2)).toBeNull();
});

test("the first view brings its columns, once: after that they are as chosen", () => {
  const usual = ["position", "working", "last", "size"];
  expect(preferences.chainColumns).toEqual(usual);
  theory.setView(1, { mean: 100, sd: null });
  expect(preferences.chainColumns).toEqual(usual);
  theory.setView(1, { mean: 100, sd: 5 });
  expect(preferences.chainColumns).toEqual(["position", "working", "last", "theo", "edge", "size"]);
  preferences.chainColumns = ["last"];
  theory.setView(1, { mean: null, sd: null });
  expect(theory.hasAny).toBe(false);
  theory.setView(1, { mean: 90, sd: 5 });
  expect(preferences.chainColumns).toEqual(["last"]);
});

test("values have the decimals of the tick and one at least, edges their sign", () => {
  expect([formatTheory(3.989, 0.5), formatTheory(3.989, 0.01), formatTheory(3.989, 1)]).toEqual([
    "4.0",
    "3.99",
    "4.0",
  ]);
  expect(formatTheory(-12.347, 0.25)).toBe("−12.35");
  expect([formatEdge(0.44, 1), formatEdge(-0.26, 0.5), formatEdge(0.04, 0.5)]).toEqual([
    "+0.4",
    "−0.3",
    "0.0",
  ]);
  expect([roundEdge(0.04, 0.5), roundEdge(0.06, 0.5)]).toEqual([0, 0.1]);
  expect([formatDelta(0.5), formatDelta(-0.254), formatDelta(0)]).toEqual([
    "+0.50",
    "−0.25",
    "0.00",
  ]);
});

test("in learning mode the game's values stand in for a view, by the own hand before the table", () => {
  const told = (knows: "table" | "hand", mean: number) => ({
    ...{ type: "fair" as const, round: 1, knows },
    values: [
      { inst: 1, mean, sd: 10, exact: true },
      { inst: 2, mean: 4.25, sd: 6, exact: true },
    ],
  });
  expect([theory.hasAny, theory.isLearned(1), theory.fair(call)]).toEqual([false, false, null]);
  room.tableFair = told("table", 100);
  expect([theory.hasAny, theory.hasView(1), theory.middle(1)]).toEqual([true, true, 100]);
  room.handFair = told("hand", 107);
  expect(theory.middle(1)).toBe(107);
  expect(theory.fair(scalar)).toEqual({ value: 107, delta: 1 });
  expect(theory.fair(call)?.value).toBe(4.25);
  expect(theory.fair(call)?.delta).toBeCloseTo(0.758, 3);
  expect(theory.fair({ ...call, settled: true })).toBeNull();
  // An own view goes before it.
  theory.setView(1, { mean: 90, sd: 1 });
  expect(theory.middle(1)).toBe(90);
});
