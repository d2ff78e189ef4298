/** Prepares every component test: empties the storage before, and fails if a page has reported a fault. */

import { afterEach, beforeEach, expect, vi } from "vitest";
import { commands } from "vitest/browser";
import { closePages } from "./page.ts";
import { clearStage } from "./stage.ts";

let faults: unknown[][];

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  faults = [];
  vi.spyOn(console, "error").mockImplementation((...said) => void faults.push(said));
  const { warn } = console;
  vi.spyOn(console, "warn").mockImplementation((...said) => {
    // A value of a part of the screen that has gone may be out of date.
    if (String(said[0]).includes("derived_inert")) faults.push(said);
    else warn(...said);
  });
});

/** Touches of an earlier test can have zoomed a phone's page, whose elements are then elsewhere than their layout says. */
beforeEach(async () => {
  if ((parent.visualViewport?.scale ?? 1) !== 1) await commands.resetZoom();
});

afterEach(() => {
  closePages();
  clearStage();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  expect(faults).toEqual([]);
});
