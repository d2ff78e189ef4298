import { expect, test } from "vitest";
import { FakeRoom, scalar } from "./fake-room.ts";
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
