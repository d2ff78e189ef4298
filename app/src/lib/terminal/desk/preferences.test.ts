import { expect, test, vi } from "vitest";
import { stubStorage } from "#lib/testing/storage.ts";
import {
  loadSaved,
  parseSaved,
  preferencesOf,
  roomOf,
  storeChoices,
  withRoom,
} from "./preferences.svelte.ts";

test("the first visit is armed, with the usual sizes and nothing chosen", () => {
  const saved = parseSaved(null);
  expect(saved).toEqual({
    ...{ simple: null, armed: true, sound: false, presets: [1, 5, 10, 25, 100], rooms: [] },
    ...{ cumulative: false, secondSize: null, lens: false, follows: true, changes: false },
    ...{ firstSize: false, pnlUnit: "money", mouseScheme: "columns", viewColumnsCame: false },
    ...{ recentreSeconds: 0, takingRest: "cancel" },
    ...{ guard: true, guardQty: null, guardTicks: 10, guardPercent: 5 },
    ...{ gridPostOnly: true, quotePostOnly: false, stepsRefill: false },
    chainColumns: ["position", "working", "last", "size"],
  });
  expect(roomOf(saved, "ABC")).toEqual({
    ...{ code: "ABC", ladders: null, round: null, chain: null, sizes: [], groups: [], views: [] },
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
        groups: [[1, 0]],
        views: [[1, 100, -5]],
      },
    ],
  });
  const saved = parseSaved(text);
  expect([saved.armed, saved.cumulative, saved.secondSize]).toEqual([false, true, null]);
  expect(saved.recentreSeconds).toBe(0);
  expect(saved.presets).toEqual([1, 5, 10, 25, 100]);
  expect(roomOf(saved, "ABC")).toEqual({
    ...{ code: "ABC", ladders: [1, 2], round: null, chain: true },
    ...{ sizes: [], groups: [], views: [] },
  });
});

test("layouts survive the round trip and old rooms are forgotten", () => {
  let saved = parseSaved(null);
  for (let i = 0; i < 12; i++)
    saved = withRoom(saved, {
      ...{ code: `R${i}`, ladders: [i], round: null, chain: false, sizes: [["i1", 5]] },
      groups: [[1, 20]],
      views: [[1, null, i]],
    });
  const read = parseSaved(JSON.stringify(saved));
  expect(read.rooms).toHaveLength(8);
  expect(roomOf(read, "R11").ladders).toEqual([11]);
  expect(roomOf(read, "R11").views).toEqual([[1, null, 11]]);
  expect(roomOf(read, "R11").groups).toEqual([[1, 20]]);
  expect(roomOf(read, "R0").ladders).toBeNull();
});

test("a choice is stored as soon as it is made, beside those of the room", () => {
  stubStorage("localStorage");
  const preferences = preferencesOf(loadSaved());
  preferences.sound = true;
  preferences.chainColumns = ["last"];
  preferences.presets = preferences.presets.map((size) => 2 * size);
  const room = {
    code: "ABC",
    ladders: [2],
    round: 3,
    chain: true,
    sizes: [],
    groups: [],
    views: [],
  };
  storeChoices(preferences, { ...room, code: "OLD" });
  storeChoices(preferences, room);
  const saved = loadSaved();
  expect(saved).toMatchObject({ sound: true, armed: true, chainColumns: ["last"] });
  expect(saved.presets).toEqual([2, 10, 20, 50, 200]);
  expect(saved.rooms.map((one) => one.code)).toEqual(["ABC", "OLD"]);
  expect(roomOf(saved, "ABC")).toEqual(room);
  vi.unstubAllGlobals();
});
