/** Tests, in every field of every screen, that the first Escape takes back what was typed and leaves the field. */

import { beforeEach, expect, test } from "vitest";
import { click, css, element, gone, openLadder, press, shown, type } from "#lib/testing/driver.ts";
import { type Exchange } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let seat: Page;
beforeEach(async () => {
  ({ exchange, seat } = await openMarket());
});

const fields = () =>
  css("input:not([type=checkbox], [type=radio]):enabled, textarea:enabled, select:enabled")
    .elements()
    .filter((field) => field.checkVisibility()) as HTMLInputElement[];

/** Types into each field of the page in sight, and leaves it by Escape. @returns the names of those left */
async function leaveAll(): Promise<string[]> {
  const left: string[] = [];
  for (const field of fields()) {
    const name = field.getAttribute("aria-label") ?? field.labels?.[0]?.innerText ?? field.id;
    const before = field.value;
    field.focus();
    if (field.tagName !== "SELECT") await type("7");
    await press("Escape");
    expect([name, field.value]).toEqual([name, before]);
    expect(document.activeElement, `${name} has been left`).not.toBe(field);
    left.push(name);
  }
  return left;
}

test("on the terminal, and only the next Escape cancels the orders", async () => {
  await openLadder(X);
  expect((await leaveAll()).length).toBeGreaterThan(5);
  await click("tab-quote");
  await leaveAll();
  await press("v");
  await shown("quote-grid");
  await leaveAll();
  expect(seat.sent.filter(({ op }) => /^(order|quote|replace|cancel)/.test(op))).toEqual([]);
  await press("Escape");
  await expect.poll(() => seat.sentOf("cancel_all")).toHaveLength(1);
});

test("on the console", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  seat.close();
  await shown("console");
  expect((await leaveAll()).length).toBeGreaterThan(3);
});

test("in a dialog it takes back a change first, and closes the dialog where there is none", async () => {
  await click(`ladder-options-${X}`);
  await shown("ladder-options");
  const field = element("guard-ticks") as HTMLInputElement;
  field.focus();
  await type("25");
  await press("Escape");
  expect(field.value).toBe("10");
  await shown("ladder-options");
  field.focus();
  await press("Escape");
  await gone("ladder-options");
  expect(seat.sentOf("cancel_all")).toEqual([]);
});
