/** Tests the instruments' menu: by mouse and keys, renaming, hiding, and what a trader sees of it. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  click,
  count,
  css,
  fill,
  gone,
  id,
  press,
  pressIn,
  shown,
  text,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let ana: Program;
let host: Page;

beforeEach(async () => {
  exchange = new Exchange({ start: "lobby" });
  exchange.list("SUM");
  exchange.list("JAR", { description: "Coins" });
  ana = exchange.program("Ana");
  host = await Page.open(exchange, "Exchange", { role: "exchange" });
});

/** The shown items of the open menu. */
const items = () =>
  css('[role="menuitem"]')
    .elements()
    .filter((one) => one.checkVisibility())
    .map((one) => one.textContent);
const quoteSum = () => ana.ask("quote", { inst: 1, bid: 10, bid_qty: 3, ask: 12, ask_qty: 3 });

test("the menu says in plain words what can be done, and follows the keys", async () => {
  await pressIn("menu-1", "Enter");
  const all = ["Cancel all quotes…", "Change tick…", "Rename, describe…", "Hide from traders"];
  await expect.poll(items).toEqual(all);
  await expectAccessible();
  const focused = () => document.activeElement?.textContent;
  await expect.poll(focused).toBe(all[0]);
  await press("ArrowDown");
  await expect.poll(focused).toBe(all[1]);
  await press("ArrowUp");
  await press("ArrowUp");
  await expect.poll(focused).toBe(all[3]);
  await press("Escape");
  await expect.poll(items).toEqual([]);
  await expect.poll(() => attribute("menu-1", "aria-expanded")).toBe("false");
  await expect.poll(() => document.activeElement?.getAttribute("data-testid")).toBe("menu-1");
});

test("an instrument is renamed and described until it is traded, then no longer", async () => {
  await click("menu-2");
  await click("edit-2");
  await fill("edit-symbol", "SUM");
  await click("edit-dialog-yes");
  await shown(id("edit-dialog").getByRole("alert"));
  await fill("edit-symbol", "COINS");
  await fill("edit-description", "All coins in the jar");
  await expectAccessible();
  await click("edit-dialog-yes");
  await gone("edit-dialog");
  await expect.poll(() => text("instrument-2")).toMatch(/COINS[^]*All coins in the jar/);
  expect(ana.all("instrument_edited").at(-1)?.instrument.symbol).toBe("COINS");

  exchange.host.ask("session", { state: "open" });
  ana.ask("order_new", { inst: 2, side: "buy", qty: 1, price: 5 });
  exchange.program("Bo").ask("order_new", { inst: 2, side: "sell", qty: 1, price: 5 });
  await click("menu-2");
  await expect.poll(() => items()).toEqual(["Cancel all quotes…", "Change tick…"]);
});

test("a hidden instrument is greyed for the host, gone for traders, and comes back", async () => {
  exchange.host.ask("session", { state: "open" });
  quoteSum();
  await click("menu-1");
  await click("hide-1");
  await shown(id("instrument-1").getByText("Hidden"));
  expect(exchange.book(1)).toEqual({ bids: [], asks: [] });
  await expectAccessible();
  // Both screens have rows of these instruments.
  host.close();
  const trader = await Page.open(exchange, "Cy");
  await shown("instrument-2");
  expect(count("instrument-1")).toBe(0);
  exchange.host.ask("edit_instrument", { inst: 1, hidden: false });
  await shown("instrument-1");
  exchange.host.ask("edit_instrument", { inst: 2, hidden: true });
  await gone("instrument-2");
  expect(count("ladder-2")).toBe(0);
  trader.close();
});

test("all quotes in one are cancelled after a question", async () => {
  exchange.host.ask("session", { state: "open" });
  quoteSum();
  await click("menu-1");
  await click("pull-1");
  await click("confirm-pull-yes");
  await expect.poll(() => exchange.book(1)).toEqual({ bids: [], asks: [] });
  await shown("menu-1");
});
