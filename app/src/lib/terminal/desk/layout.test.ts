import { expect, test } from "vitest";
import { FakeRoom, scalar } from "#lib/state/fake-room.ts";
import { Layout } from "./layout.svelte.ts";

test("the right button sends a preset in whole lots, or is the browser's", () => {
  const room = new FakeRoom();
  room.instruments = [{ ...scalar, lot_size: 10 }];
  const layout = new Layout(room);
  expect(layout.secondSizeOf(1)).toBeNull();
  layout.secondSize = 3;
  expect(layout.secondSizeOf(1)).toBe(30);
  layout.setPreset(3, 60);
  expect(layout.secondSizeOf(1)).toBe(60);
});

test("sizes are added to, stepped by the smallest preset, and brought back after an order if asked", () => {
  const layout = new Layout(new FakeRoom());
  layout.addSize(1, 25);
  expect(layout.sizeOf(1)).toBe(35);
  layout.setPreset(0, 10);
  layout.stepSize(1, -1);
  expect(layout.sizeOf(1)).toBe(30);
  layout.stepSize(1, 2);
  layout.orderSent(1);
  expect(layout.sizeOf(1)).toBe(40);
  layout.firstSize = true;
  layout.orderSent(1);
  expect(layout.sizeOf(1)).toBe(10);
});

test("a step is whole lots", () => {
  const room = new FakeRoom();
  room.instruments = [{ ...scalar, lot_size: 10 }];
  const layout = new Layout(room);
  layout.stepSize(1, 1);
  expect(layout.sizeOf(1)).toBe(110);
});
