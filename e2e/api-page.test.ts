/** The pages for authors of bots, as they are served: axe finds nothing in either theme, nothing overflows sideways, no fault. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, laptop, Person, phone } from "./support/browser.ts";

const url = process.env["MMG_URL"] ?? "";
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Parts of a chapter, and rows of a table, that axe looks at: each is drawn as the others are, by scripts/api/html.mjs. */
const parts = 3;
const rows = 3;

/** Ids that the whole page has twice, and headings out of order. */
function disorderOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const skips = headings.filter(
      ({ tagName }, at) => Number(tagName[1]) > Number(headings[at - 1]?.tagName[1] ?? 0) + 1,
    );
    return [...twice, ...skips.map(({ id, tagName }) => `${tagName} ${id}`)];
  });
}

/** Takes away what repeats: axe looks through thousands of equal cells for most of a minute. */
async function thin(page: Page): Promise<void> {
  await page.evaluate(
    ([mostParts, mostRows]) => {
      for (const row of document.querySelectorAll(`tr:nth-child(n + ${mostRows + 1})`))
        row.remove();
      let part = 0;
      for (const block of [...document.querySelectorAll("main > *")]) {
        if (block.tagName === "H2") part = 0;
        if (block.tagName === "H3") part++;
        if (part > mostParts) block.remove();
      }
    },
    [parts, rows] as const,
  );
}

test.each(["/api", "/asyncapi"])("the page %s is for everybody", async (path) => {
  const author = await Person.open(browser, desktop);
  const { page } = author;
  await page.goto(`${url}${path}`);
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  for (const size of [desktop, laptop, phone]) {
    await page.setViewportSize(size);
    expect(await overflow(), `${size.width} px`).toBe(0);
  }
  expect(await disorderOf(page)).toEqual([]);
  await thin(page);
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(author, "light");
  // The other rules find the same in both themes.
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(author, "dark", ["color-contrast", "link-in-text-block"]);
  expect(author.faults).toEqual([]);
  await author.close();
});
