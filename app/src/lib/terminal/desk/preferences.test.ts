import { expect, test } from "vitest";
import {
  firstLadders,
  laddersThatFit,
  layoutOf,
  parseSaved,
  sizeKey,
  withLadder,
  withLayout,
} from "./preferences.ts";

test("the first visit is armed, with the usual sizes and nothing chosen", () => {
  const saved = parseSaved(null);
  expect(saved).toEqual({
    ...{ armed: true, sound: false, presets: [1, 5, 10, 25, 100], rooms: [] },
    ...{ cumulative: false, secondSize: null, lens: false, follows: true, changes: false },
    ...{ firstSize: false, pnlUnit: "money", mouseScheme: "columns", viewColumnsCame: false },
    recentreSeconds: 0,
    chainColumns: ["position", "working", "last", "size"],
  });
  expect(layoutOf(saved, "ABC")).toEqual({
    ...{ code: "ABC", ladders: null, chain: null, sizes: [], views: [] },
  });
});

test.each(["not json", "[]", "null", "7", '{"armed":"yes","presets":[0],"rooms":[{"code":1}]}'])(
  "%j counts as a first visit",
  (text) => {
    expect(parseSaved(text)).toEqual(parseSaved(null));
  },
);

test("one bad field does not lose the others", () => {
  const text = JSON.stringify({
    armed: false,
    presets: ["x"],
    cumulative: true,
    recentreSeconds: 7,
    secondSize: 5,
    rooms: [
      {
        ...{ code: "ABC", ladders: [1, 2], chain: true, sizes: [["i1", -5]] },
        views: [[1, 100, -5]],
      },
    ],
  });
  const saved = parseSaved(text);
  expect([saved.armed, saved.cumulative, saved.secondSize]).toEqual([false, true, null]);
  expect(saved.recentreSeconds).toBe(0);
  expect(saved.presets).toEqual([1, 5, 10, 25, 100]);
  expect(layoutOf(saved, "ABC")).toEqual({
    ...{ code: "ABC", ladders: [1, 2], chain: true, sizes: [], views: [] },
  });
});

test("layouts survive the round trip and old rooms are forgotten", () => {
  let saved = parseSaved(null);
  for (let i = 0; i < 12; i++)
    saved = withLayout(saved, {
      ...{ code: `R${i}`, ladders: [i], chain: false, sizes: [["i1", 5]] },
      views: [[1, null, i]],
    });
  const read = parseSaved(JSON.stringify(saved));
  expect(read.rooms).toHaveLength(8);
  expect(layoutOf(read, "R11").ladders).toEqual([11]);
  expect(layoutOf(read, "R11").views).toEqual([[1, null, 11]]);
  expect(layoutOf(read, "R0").ladders).toBeNull();
});

test("what opens first: scalars that trade, else anything", () => {
  const list = (...types: string[]) =>
    types.map((t, i) => ({ id: i + 1, type: t.slice(1), settled: t[0] === "-" })) as never;
  expect(firstLadders(list("+SCALAR", "+CALL", "-SCALAR", "+SCALAR"), 3)).toEqual([1, 4]);
  expect(firstLadders(list("-SCALAR", "+CALL"), 3)).toEqual([2]);
  expect(firstLadders(list("-SCALAR"), 3)).toEqual([1]);
  expect(firstLadders(list(), 3)).toEqual([]);
});

test("a fifth ladder takes the place of the last", () => {
  expect(withLadder([1, 2], 3)).toEqual([1, 2, 3]);
  expect(withLadder([1, 2], 2)).toEqual([1, 2]);
  expect(withLadder([1, 2, 3, 4], 5)).toEqual([1, 2, 3, 5]);
});

test("options on one underlying share a size, other instruments have their own", () => {
  expect(sizeKey({ id: 3, reference_id: 1 })).toBe(sizeKey({ id: 4, reference_id: 1 }));
  expect(sizeKey({ id: 1, reference_id: null })).not.toBe(sizeKey({ id: 3, reference_id: 1 }));
});

test("a narrow screen opens one ladder, a wide one no more than three", () => {
  expect([390, 1024, 1280, 1440, 2560].map(laddersThatFit)).toEqual([1, 1, 2, 3, 3]);
});
