/** What a page must keep for everybody who cannot see it as drawn, or not well. */

import axe from "axe-core";
import { expect, vi } from "vitest";

/** axe finds nothing. @param where said when it does */
export async function expectAccessible(where = ""): Promise<void> {
  // What lies behind a modal dialog can't be reached.
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
