import { expect, test } from "vitest";
import { pageOf } from "./pages.ts";

const rows = Array.from({ length: 21 }, (_, at) => at);

test("what fits is one page", () => {
  expect(pageOf(rows, 21, 5)).toEqual({ rows, at: 0, of: 1 });
  expect(pageOf([], 8, 3)).toEqual({ rows: [], at: 0, of: 1 });
});

test.each([1, 2, 3, 8, 10, 20])("pages of at most %i rows leave no row out", (most) => {
  const { of } = pageOf(rows, most, 0);
  const pages = Array.from({ length: of }, (_, turns) => pageOf(rows, most, turns));
  expect(pages.flatMap((page) => page.rows)).toEqual(rows);
  expect(Math.max(...pages.map((page) => page.rows.length))).toBeLessThanOrEqual(most);
  expect(pageOf(rows, most, of)).toEqual(pages[0]);
});

test("before the screen is measured one row is shown", () =>
  expect(pageOf(rows, 0, 0).rows).toEqual([0]));
