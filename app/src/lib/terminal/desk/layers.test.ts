import { expect, test } from "vitest";
import { Layers } from "./layers.ts";

test("closes the topmost only, and nothing when nothing is open", () => {
  const layers = new Layers();
  const closed: string[] = [];
  const first = layers.push(() => closed.push("first"));
  layers.push(() => closed.push("second"));
  expect(layers.closeTop()).toBe(true);
  expect(closed).toEqual(["second"]);
  first();
  expect(layers.closeTop()).toBe(false);
  expect(closed).toEqual(["second"]);
});
