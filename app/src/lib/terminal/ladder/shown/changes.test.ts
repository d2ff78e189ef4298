import { beforeEach, expect, test } from "vitest";
import { LevelChanges, SHOWN_MS } from "./changes.svelte.ts";

let changes: LevelChanges;
const note = (at: number, ...levels: [number, number][]) => changes.note(new Map(levels), at);
beforeEach(() => {
  changes = new LevelChanges();
  note(0, [10, 5], [9, 8]);
});

test("the first book changes nothing; then sizes gain and lose, levels come and go", () => {
  expect(changes.shown(0)).toEqual(new Map());
  expect(changes.nextMs).toBeNull();
  note(100, [10, 7], [8, 3]);
  expect(changes.shown(100)).toEqual(
    new Map([
      [10, 2],
      [8, 3],
      [9, -8],
    ]),
  );
});

test("changes at a level add up while one is shown; what came and went is nothing", () => {
  note(100, [10, 7], [9, 8]);
  note(200, [10, 4], [9, 9]);
  expect(changes.shown(200)).toEqual(
    new Map([
      [10, -1],
      [9, 1],
    ]),
  );
  note(300, [10, 5], [9, 9]);
  expect(changes.shown(300)).toEqual(new Map([[9, 1]]));
});

test("each goes when its time is over, and the next begins afresh", () => {
  note(100, [10, 7], [9, 8]);
  note(500, [10, 7], [9, 9]);
  expect(changes.nextMs).toBe(100 + SHOWN_MS);
  expect(changes.shown(100 + SHOWN_MS)).toEqual(new Map([[9, 1]]));
  note(200 + SHOWN_MS, [10, 8], [9, 9]);
  expect(changes.shown(200 + SHOWN_MS).get(10)).toBe(1);
});

test("cleared, it begins like a first book", () => {
  note(100, [10, 7]);
  changes.clear();
  expect(changes.shown(100)).toEqual(new Map());
  note(200, [10, 90]);
  expect(changes.shown(200)).toEqual(new Map());
});
