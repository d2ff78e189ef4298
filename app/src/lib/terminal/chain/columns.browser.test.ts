/** Tests the choice of the chain's columns: it is remembered, and prices still trade. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  chainSize,
  check,
  click,
  count,
  id,
  positionText,
  press,
  shown,
  text,
  texts,
  uncheck,
} from "#lib/testing/driver.ts";
import { type Program } from "#lib/testing/exchange.ts";
import { openMarket } from "#lib/testing/market.ts";
import { type Page } from "#lib/testing/page.ts";

let bo: Program;
let seat: Page;
beforeEach(async () => {
  ({ bo, seat } = await openMarket());
});

test("the chain has the columns that were chosen, and remembers them", async () => {
  const heads = () => texts(id("chain").css("thead tr").nth(1).css("th"));
  await expect.poll(heads).toHaveLength(15);
  await click("chain-choose");
  await uncheck("chain-column-position");
  await uncheck("chain-column-size");
  await expectAccessible();
  const all = ["Work", "Last", "Bid", "Ask", "Strike", "Bid", "Ask", "Last", "Work"];
  await expect.poll(heads).toEqual(all);
  await press("Escape");
  await seat.reload();
  await shown("terminal");
  await expect.poll(heads).toEqual(all);
  const cells = id("chain").css("tbody tr").first().css("td, th");
  await expect.poll(() => count(cells)).toBe(9);
  // Prices still trade.
  bo.ask("order_new", { inst: 3, side: "sell", price: 2, qty: 5 });
  await chainSize(5);
  await click("chain-3-ask");
  await expect.poll(() => positionText(3)).toBe("+5");
  await click("chain-choose");
  await check("chain-column-position");
  await expect.poll(() => text("chain-3-position")).toBe("+5");
  await check("chain-column-size");
  await press("Escape");
});
