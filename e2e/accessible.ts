/** What a page must keep for everybody who cannot see it as drawn, or not well. */

import AxeBuilder from "@axe-core/playwright";
import { expect } from "vitest";
import type { Person } from "./browser.ts";

/** axe finds nothing. @param where said when it does */
export async function expectAccessible(person: Person, where = ""): Promise<void> {
  const { violations } = await new AxeBuilder({ page: person.page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`),
    where,
  ).toEqual([]);
}
