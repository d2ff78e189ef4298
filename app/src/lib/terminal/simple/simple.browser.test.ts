/** Tests the simple view on a wide screen: its switch, and keys that must not trade in it. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  click,
  count,
  id,
  press,
  resize,
  shown,
  sidewaysOverflow,
  text,
} from "#lib/testing/driver.ts";
import type { Exchange } from "#lib/testing/exchange.ts";
import { openMarket, X } from "#lib/testing/market.ts";
import type { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

let exchange: Exchange;
let seat: Page;
beforeEach(async () => {
  ({ exchange, seat } = await openMarket());
});

test("a switch shows it in place of ladders and lists, and is kept", async () => {
  expect(text("simple-switch")).toBe("Simple view");
  await click("simple-switch");
  await shown("simple");
  expect(text("simple-switch")).toBe("Full view");
  expect(count("chain-toggle")).toBe(0);
  expect(count(`ladder-${X}`)).toBe(0);
  await expectAccessible();
  for (const size of [laptop, { width: 1366, height: 768 }]) {
    await resize(size);
    expect(sidewaysOverflow()).toBe(0);
  }
  // The list of instruments stays, and leads from one to the next.
  await click("instrument-4");
  await expect.poll(() => text("question")).toBe("Pays what X is above 100, else nothing.");
  await seat.reload();
  await shown("simple");
  await click("simple-switch");
  await shown(`ladder-${X}`);
});

test("keys that trade do nothing there; Esc cancels, and Buy is a button", async () => {
  await click("simple-switch");
  await shown("simple");
  await press("x");
  await press("q");
  await click("simple-buy");
  await expect.poll(() => exchange.held("Ana")).toEqual({ [X]: 10 });
  expect(seat.sentOf("order_new")).toHaveLength(1);
  await click("simple-make");
  await click("make-send");
  await expect.poll(() => count("simple-order")).toBe(2);
  // The first Esc closes the form, the second cancels.
  await press("Escape");
  await expect.poll(() => count("make-price")).toBe(0);
  expect(count("simple-order")).toBe(2);
  await press("Escape");
  await expect.poll(() => count("simple-order")).toBe(0);
  expect(id("simple-make").element()).toBe(document.activeElement);
});
