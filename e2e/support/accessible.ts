/** What a page must keep for everybody who cannot see it as drawn, or not well. */

import AxeBuilder from "@axe-core/playwright";
import { expect } from "vitest";
import type { Person } from "./browser.ts";

/** axe finds nothing. @param where said when it does */
export async function expectAccessible(person: Person, where = ""): Promise<void> {
  const axe = new AxeBuilder({ page: person.page });
  // What lies behind a modal dialog can't be reached.
  const modal = "dialog[open]";
  if ((await person.page.locator(modal).count()) > 0) axe.include(modal);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`),
    where,
  ).toEqual([]);
}
