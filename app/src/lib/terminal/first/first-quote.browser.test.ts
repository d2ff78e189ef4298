/** Tests the way to the first own quote, of somebody who has never traded. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, gone, ladderCell, press, shown, text } from "#lib/testing/driver.ts";
import type { Exchange } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import type { Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let seat: Page;
beforeEach(async () => {
  ({ exchange, seat } = await openMarket({ isNew: true }));
});
const book = () => exchange.book(X);

test("three steps lead to a quote, and do not come again", async () => {
  expect(text("first-quote")).toContain("1 of 3");
  await expectAccessible();
  await click("first-next");
  await click(ladderCell(X, "bid", 97));
  await expect.poll(() => text("first-quote")).toMatch(/^3 of 3\s+Now click the orange column/);
  await click(ladderCell(X, "ask", 103));
  await expect.poll(() => text("first-quote")).toContain("That is a quote");
  await click("first-close");
  await gone("first-quote");
  expect(book()).toEqual({
    bids: [
      [99, 50],
      [97, 10],
    ],
    asks: [
      [101, 50],
      [103, 10],
    ],
  });
  await seat.reload();
  // The trader's quote is on the ladder again, so the room has been drawn.
  await shown(ladderCell(X, "my-bid", 97));
  await expect.poll(() => text(ladderCell(X, "my-bid", 97))).toMatch(/^10/);
  await gone("first-quote");
});

test("Escape closes them first, and cancels orders only when it is pressed again", async () => {
  await click(ladderCell(X, "bid", 97));
  await expect.poll(() => text("first-quote")).toContain("3 of 3");
  await press("Escape");
  await gone("first-quote");
  expect(seat.sentOf("cancel_all")).toEqual([]);
  expect(book().bids).toContainEqual([97, 10]);
  await press("Escape");
  await expect.poll(() => book().bids).toEqual([[99, 50]]);
});

test("before anything trades they explain, offer no step that cannot be taken, and go on with the trading", async () => {
  const { host } = exchange;
  host.ask("round_start", { format: "card_sum", auto: false });
  await expect.poll(() => text("first-next")).toBe("Got it");
  await click("first-next");
  await gone("first-quote");
  while (host.all("round").at(-1)?.step.kind !== "trade")
    host.ask("round_step", { action: "next" });
  await expect.poll(() => text("first-quote")).toContain("2 of 3");
});
