/** Tests numbers as people type them: fields show how they read them, and nothing is sent of a text with two readings. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { commands } from "vitest/browser";
import { stopClock } from "#lib/testing/clock.ts";
import {
  attribute,
  bodyText,
  box,
  check,
  click,
  css,
  fill,
  id,
  isDisabled,
  isVisible,
  ladderCell,
  middle,
  openLadder,
  pointNowhere,
  press,
  text,
  value,
} from "#lib/testing/driver.ts";
import type { Exchange } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page, expectBook } from "#lib/testing/page.ts";

let exchange: Exchange;
let seat: Page;

/** Sets the languages of the browser. */
function speak(...languages: string[]): void {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}
beforeEach(async () => {
  ({ exchange, seat } = await openMarket());
});
afterEach(() => vi.restoreAllMocks());

/** The texts that fields show below themselves. */
const readings = () =>
  id("reading")
    .elements()
    .filter((one) => one.checkVisibility())
    .map((one) => (one as HTMLElement).innerText);

test("a German's 1.000 is a thousand, which the field says before the order is sent", async () => {
  speak("de-DE", "de");
  await openLadder(X);
  await check("ticket-side-buy");
  await fill("ticket-price", "98,0");
  await expect.poll(readings).toEqual(["= 98"]);
  await fill("ticket-qty", "1.000");
  await expect.poll(readings).toEqual(["= 1\u202f000"]);
  // A thousand is above the guard, which asks by the number that was read and waits for a second press.
  stopClock();
  await click("ticket-submit");
  expect(text("ticket-message")).toBe("Press again: 1,000 is above your guard of 100.");
  expect(seat.sentOf("order_new")).toEqual([]);
  await commands.clickMouse(...middle(box("ticket-submit")), 1);
  await expectBook(exchange, X).toMatchObject({
    bids: [
      [99, 50],
      [98, 1_000],
    ],
  });
  expect(readings()).toEqual([]);
});

test("a text with two readings is refused with both, and no order leaves", async () => {
  speak("de-DE", "de");
  await openLadder(X);
  await check("ticket-side-buy");
  await fill("ticket-price", "99,125");
  await expect.poll(() => bodyText()).toContain("99125 or 99.1250? Write one of these.");
  await fill("ticket-qty", "5");
  expect(value("ticket-price")).toBe("99,125");
  await expect.poll(() => isDisabled("ticket-submit")).toBe(true);
  speak("en-US");
  await fill("ticket-price", "98");
  await fill("ticket-qty", "1.000");
  await expect.poll(() => bodyText()).toContain("1000 or 1? Write one of these.");
  await expect.poll(() => isDisabled("ticket-submit")).toBe(true);
  await fill("ticket-qty", "1,000");
  await expect.poll(readings).toEqual(["= 1\u202f000"]);
  expect(seat.sentOf("order_new")).toEqual([]);
});

test("a size that cannot be read sends no click, until there is one again", async () => {
  await openLadder(X);
  const field = id(`size-${X}`).first();
  await fill(field, "1.000");
  await expect.poll(readings).toEqual(["1000 or 1? Write one of these."]);
  await click(ladderCell(X, "bid", 98));
  await expect.poll(bodyText).toContain("Size: 1000 or 1?");
  expect([value(field), attribute(field, "aria-invalid")]).toEqual(["1.000", "true"]);
  expect(seat.sentOf("order_new")).toEqual([]);
  await click(css(`.sizes:has([data-testid="size-${X}"]) [data-testid="size-preset-1"]`));
  await expect.poll(() => attribute(field, "aria-invalid")).toBe("false");
  await click(ladderCell(X, "bid", 98));
  await expect.poll(() => seat.sentOf("order_new").length).toBe(1);
  // Thousands and millions as the screens shorten them.
  await fill(field, "2k");
  await expect.poll(readings).toEqual(["= 2\u202f000"]);
  await press("Enter");
  await expect.poll(() => value(field)).toBe("2,000");
});

test("Escape and an order size in another field leave an unreadable size behind", async () => {
  await openLadder(X);
  const field = id(`size-${X}`).first();
  await fill(field, "abc");
  await press("Escape");
  await expect.poll(() => value(field)).toBe("10");
  await expect.poll(() => attribute(field, "aria-invalid")).toBe("false");
});

test("a quote is not sent around the middle before, when the new one cannot be read", async () => {
  speak("de-DE", "de");
  await openLadder(X);
  await click("tab-quote");
  await fill("quote-bid", "97");
  await fill("quote-ask", "103");
  await fill("quote-mid", "1,000");
  await click("quote-submit");
  await expect.poll(() => text("quote")).toContain("1000 or 1? Write one of these.");
  expect(value("quote-mid")).toBe("1,000");
  expect(seat.sentOf("quote")).toEqual([]);
  await fill("quote-mid", "99,5");
  await expect.poll(readings).toEqual(["= 99.5"]);
  await click("quote-submit");
  await expect.poll(() => seat.sentOf("quote").length).toBe(1);
});

test("a row of the quote grid stays as it was while a cell cannot be read", async () => {
  speak("de-DE", "de");
  await pointNowhere();
  await press("v");
  await expect.poll(() => isVisible("quote-grid")).toBe(true);
  await fill("grid-2-mid", "4,5");
  await expect.poll(readings).toEqual(["= 4.5"]);
  await press("Enter");
  await expect.poll(() => value("grid-2-mid")).toBe("4.5");
  await fill("grid-2-mid", "1,250");
  await expect.poll(readings).toEqual(["1250 or 1.25? Write one of these."]);
  await press("Enter");
  await press("Tab");
  await expect
    .poll(() => [value("grid-2-mid"), attribute("grid-2-mid", "aria-invalid")])
    .toEqual(["1,250", "true"]);
  await expect.poll(() => text("grid-2-bid")).toBe("3.5");
});
