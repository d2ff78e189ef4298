import { afterEach, expect, test, vi } from "vitest";
import { keyName, knowsLayout, readLayout } from "./key-names.svelte.ts";

afterEach(() => vi.unstubAllGlobals());

const layoutOf = (entries: Record<string, string>) =>
  vi.stubGlobal("navigator", {
    keyboard: { getLayoutMap: () => Promise.resolve(new Map(Object.entries(entries))) },
  });

test("keys have the letters of the user's own layout", async () => {
  layoutOf({ KeyZ: "y", KeyQ: "a", Minus: "ß", Slash: "-", Digit1: "&", KeyL: "l" });
  await readLayout();
  expect(knowsLayout()).toBe(true);
  expect(["KeyZ", "KeyQ", "Minus", "Slash", "Digit1", "KeyL"].map(keyName)).toEqual([
    ...["Y", "A", "ß", "−", "&", "L"],
  ]);
  expect(["Space", "Escape", "?", "KeyX"].map(keyName)).toEqual(["Space", "Esc", "?", "X"]);
});

test("without a layout they have American ones", async () => {
  layoutOf({ KeyZ: "y" });
  await readLayout();
  for (const none of [
    {},
    { keyboard: { getLayoutMap: () => Promise.reject(new Error("not allowed")) } },
  ]) {
    vi.stubGlobal("navigator", none);
    await readLayout();
    expect(knowsLayout()).toBe(false);
    expect(["KeyZ", "Minus", "BracketLeft", "Digit5"].map(keyName)).toEqual(["Z", "−", "[", "5"]);
  }
});
