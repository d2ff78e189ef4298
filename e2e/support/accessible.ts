/** Accessibility checks of a page. */

import AxeBuilder from "@axe-core/playwright";
import { expect } from "vitest";
import type { Person } from "./browser.ts";

/**
 * Expects that axe finds nothing.
 *
 * @param where printed with a finding
 * @param rules only these, by axe's names; all by default
 */
export async function expectAccessible(
  person: Person,
  where = "",
  rules?: string[],
): Promise<void> {
  const axe = new AxeBuilder({ page: person.page });
  // Elements without a violation need not be described.
  axe.options({ resultTypes: ["violations"], preload: false });
  if (rules !== undefined) axe.withRules(rules);
  // Elements behind a modal dialog cannot be reached.
  const modal = "dialog[open]";
  if ((await person.page.locator(modal).count()) > 0) axe.include(modal);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`),
    where,
  ).toEqual([]);
}
