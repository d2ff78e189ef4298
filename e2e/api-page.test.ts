/** The page for authors of bots, as it is served: axe finds nothing in either theme, nothing overflows sideways, no fault. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, laptop, Person, phone } from "./support/browser.ts";

const url = process.env["MMG_URL"] ?? "";
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test("the API page is for everybody", async () => {
  const author = await Person.open(browser, desktop);
  const { page } = author;
  await page.goto(`${url}/api`);
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  for (const size of [desktop, laptop, phone]) {
    await page.setViewportSize(size);
    expect(await overflow(), `${size.width} px`).toBe(0);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(author, "light");
  // The other rules find the same in both themes.
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(author, "dark", ["color-contrast", "link-in-text-block"]);
  expect(author.faults).toEqual([]);
  await author.close();
});
