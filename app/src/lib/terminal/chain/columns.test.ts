import { expect, test } from "vitest";
import { chainColumns, usualColumns, withColumn } from "#lib/terminal/desk/preferences.svelte.ts";
import { columnsFor, columnsPerSide, outerColumns } from "./columns.ts";

test("a half has what is chosen and what there is room for", () => {
  expect([400, 520, 521, 720, 721].map((px) => columnsPerSide(px, usualColumns))).toEqual([
    3, 3, 5, 5, 7,
  ]);
  expect(columnsPerSide(1000, ["last"])).toBe(3);
  expect(columnsPerSide(600, ["last"])).toBe(2);
  expect(columnsPerSide(1000, [])).toBe(2);
  expect(columnsPerSide(1000, chainColumns)).toBe(9);
});

test("columns come and go in their order", () => {
  expect(withColumn(["size"], "position", true)).toEqual(["position", "size"]);
  expect(withColumn(usualColumns, "last", false)).toEqual(["position", "working", "size"]);
  expect(withColumn(["last"], "last", true)).toEqual(["last"]);
});

test("without a view there is nothing by it; with one the values have their room first", () => {
  for (const px of [300, 600, 1200])
    expect(columnsFor(px, chainColumns, null)).toEqual(usualColumns);
  expect(columnsFor(600, usualColumns, 1)).toEqual(usualColumns);
  expect(columnsFor(1200, chainColumns, 1)).toEqual(chainColumns);
  const some = withColumn(chainColumns, "delta", false);
  expect(columnsFor(880, some, 1)).toEqual(["position", "working", "theo", "edge", "size"]);
  expect(columnsFor(600, some, 1)).toEqual(["position", "theo", "edge"]);
  expect(columnsFor(390, some, 1)).toEqual(["position", "edge"]);
  // Prices with more decimals need more room.
  expect(columnsFor(880, some, 2)).toEqual(["position", "working", "theo", "edge"]);
  expect(columnsFor(0, some, 2)).toEqual(["position", "edge"]);
  expect(columnsFor(820, chainColumns, 1)).toEqual(["position", "delta", "theo", "edge"]);
  expect(outerColumns(chainColumns)).toEqual(["position", "working", "last", "delta", "theo"]);
});
