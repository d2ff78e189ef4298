/** Checks a page for people who cannot see it as drawn, or not well. */

import axe from "axe-core";
import { expect, vi } from "vitest";

/** Expects that axe finds nothing. @param where is part of the failure's text */
export async function expectAccessible(where = ""): Promise<void> {
  // Text that is fading has less contrast than it has before and after.
  await Promise.all(fades().map(({ finished }) => finished.catch(() => null)));
  // Elements behind a modal dialog can't be reached.
  const run = axe.run(document.querySelector("dialog[open]") ?? document.body);
  let isDone = false;
  void run.finally(() => (isDone = true));
  // It waits for timers, if only for some milliseconds.
  while (vi.isFakeTimers() && !isDone) await vi.advanceTimersByTimeAsync(1);
  const { violations } = await run;
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`),
    where,
  ).toEqual([]);
}

/** Animations and transitions under way that will end. */
function fades(): Animation[] {
  return document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
}
