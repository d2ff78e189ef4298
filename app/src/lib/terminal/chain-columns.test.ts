import { expect, test } from "vitest";
import { chainColumns, columnsPerSide, withColumn } from "./chain-columns.ts";

test("a half has what is chosen and what there is room for", () => {
  expect([400, 520, 521, 720, 721].map((px) => columnsPerSide(px, chainColumns))).toEqual([
    3, 3, 5, 5, 7,
  ]);
  expect(columnsPerSide(1000, ["last"])).toBe(3);
  expect(columnsPerSide(600, ["last"])).toBe(2);
  expect(columnsPerSide(1000, [])).toBe(2);
});

test("columns come and go in their order", () => {
  expect(withColumn(["size"], "position", true)).toEqual(["position", "size"]);
  expect(withColumn(chainColumns, "last", false)).toEqual(["position", "working", "size"]);
  expect(withColumn(["last"], "last", true)).toEqual(["last"]);
});
