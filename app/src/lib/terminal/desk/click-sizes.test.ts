import { expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/testing/fake-room.ts";
import { parseSaved, preferencesOf } from "./preferences.svelte.ts";
import { sizeKey, ClickSizes } from "./click-sizes.svelte.ts";

const sit = (room = new FakeRoom()) => {
  const preferences = preferencesOf(parseSaved(null));
  return { preferences, sizes: new ClickSizes(room, preferences) };
};

test("the right button sends a preset in whole lots, or is the browser's", () => {
  const room = new FakeRoom();
  room.instruments = [{ ...scalar, lot_size: 10 }];
  const { preferences, sizes } = sit(room);
  expect(sizes.secondSizeOf(1)).toBeNull();
  preferences.secondSize = 3;
  expect(sizes.secondSizeOf(1)).toBe(30);
  sizes.setPreset(3, 60);
  expect(sizes.secondSizeOf(1)).toBe(60);
});

test("practice has one size for an index and its options", () => {
  const room = new FakeRoom();
  Object.defineProperty(room, "isLocal", { value: true });
  room.instruments = [scalar, { ...scalar, id: 2, reference_id: 1 }];
  const { sizes } = sit(room);
  sizes.setSize(2, 5);
  expect(sizes.sizeOf(1)).toBe(5);
});

test("sizes are added to, stepped by the smallest preset, and brought back after an order if asked", () => {
  const { preferences, sizes } = sit();
  sizes.addSize(1, 25);
  expect(sizes.sizeOf(1)).toBe(35);
  sizes.setPreset(0, 10);
  sizes.stepSize(1, -1);
  expect(sizes.sizeOf(1)).toBe(30);
  sizes.stepSize(1, 2);
  sizes.orderSent(1);
  expect(sizes.sizeOf(1)).toBe(40);
  preferences.firstSize = true;
  sizes.orderSent(1);
  expect(sizes.sizeOf(1)).toBe(10);
});

test("a step is whole lots", () => {
  const room = new FakeRoom();
  room.instruments = [{ ...scalar, lot_size: 10 }];
  const { sizes } = sit(room);
  sizes.stepSize(1, 1);
  expect(sizes.sizeOf(1)).toBe(110);
});

test("options on one underlying share a size, other instruments have their own", () => {
  expect(sizeKey({ id: 3, reference_id: 1 })).toBe(sizeKey({ id: 4, reference_id: 1 }));
  expect(sizeKey({ id: 1, reference_id: null })).not.toBe(sizeKey({ id: 3, reference_id: 1 }));
});
