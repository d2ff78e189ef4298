/** Checks the accessibility of a page. */

import axe from "axe-core";
import { expect, vi } from "vitest";

/** Rules that colours decide: what the others find is the same in both themes. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** Expects that axe finds no violation. @param where becomes a part of the failure's text */
export async function expectAccessible(where = ""): Promise<void> {
  await expectNone(where, {});
}

/** Expects that axe finds no fault of colours, on a screen that has passed in the other theme. */
export async function expectReadable(where: string): Promise<void> {
  await expectNone(where, { runOnly: { type: "rule", values: colourRules } });
}

async function expectNone(where: string, rules: axe.RunOptions): Promise<void> {
  // Text that fades has less contrast than before and after.
  await Promise.all(fades().map(({ finished }) => finished.catch(() => null)));
  await drawn();
  // Elements behind a modal dialog can't be reached.
  const run = axe.run(document.querySelector("dialog[open]") ?? document, {
    ...rules,
    // Elements without a violation need not be described, and there is nothing to load for rules on media.
    resultTypes: ["violations"],
    preload: false,
  });
  let isDone = false;
  void run.finally(() => (isDone = true));
  // axe waits for timers, which stand still under a fake clock.
  while (vi.isFakeTimers() && !isDone) await vi.advanceTimersByTimeAsync(1);
  const { violations } = await run;
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`),
    where,
  ).toEqual([]);
}

/** Waits until the page has been laid out, and what it measures of itself is known: whether a text scrolls, for example. */
async function drawn(): Promise<void> {
  for (let frame = 0; frame < 2; frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Running animations and transitions that end by themselves. */
function fades(): Animation[] {
  return document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
}
