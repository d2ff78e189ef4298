/** Tests the guard under the thumb: an unusual order waits for a second tap, and no button moves meanwhile. */

import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { stopClock } from "#lib/testing/clock.ts";
import { box, fill, id, press, tap, text } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { phone } from "#lib/testing/stage.ts";

test("buy says what is there and what becomes of the rest, and a large one waits for a second tap", async () => {
  stopClock();
  const exchange = new Exchange();
  const inst = exchange.list("X");
  exchange.program("Bo").ask("quote", { inst, bid: 99, bid_qty: 50, ask: 101, ask_qty: 1 });
  const seat = await Page.open(exchange, "Ana", { size: phone });
  const buy = () => text("thumb-buy").replaceAll(/\s+/g, " ");
  await expect.poll(buy).toBe("Buy 1 of 10 101 · 9 cancelled");
  await fill(id(`size-${inst}`).first(), "500");
  await press("Enter");
  await expect.poll(buy).toBe("Buy 1 of 500 101 · 499 cancelled");
  const before = box("thumb-buy");
  await tap("thumb-buy");
  await expect.poll(buy).toMatch(/^Press again/);
  expect(text("thumb-asked")).toBe("Press again: 500 is above your guard of 100.");
  expect(box("thumb-buy")).toEqual(before);
  expect(seat.sentOf("order_new")).toEqual([]);
  await expectAccessible();
  if (text("thumb-asked") === "") await tap("thumb-buy");
  await tap("thumb-buy");
  await expect.poll(() => exchange.held("Ana")).toEqual({ [inst]: 1 });
  expect(seat.sentOf("order_new")).toMatchObject([{ qty: 500, price: 101, tif: "IOC" }]);
});
