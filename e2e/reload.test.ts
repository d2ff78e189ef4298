/**
 * State of a trader's page that survives a reload: the done orders with their end, and the P&L's curve; for nobody
 * else.
 */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../scripts/build.mjs";
import { desktop, launch, Person } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;

let browser: Browser;
let bo: WireClient;
let ana: Person;
let link: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const room = await WireRoom.make(url);
  link = room.link;
  (await room.hostWith("X")).close();
  bo = await room.trader("Bo");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(link, "Ana");
});
afterAll(async () => {
  bo.close();
  await browser.close();
});

/** The list of done orders, newest first, as it is shown. */
async function doneOrders(person: Person): Promise<string[]> {
  await person.id("orders-done").check({ force: true });
  const rows = await person.id("done-row").allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, " ").trim());
}

/** Beginning of the curve, as its axis says. */
const since = () => ana.id("pnl-curve-since").textContent();

test("done orders and the curve are there again after a reload, with the orders that ended meanwhile", async () => {
  await ana.size(X, 5);
  await ana.ladder(X, "bid", 101).click();
  await expect.poll(() => ana.positionText(X)).toBe("+5");
  for (const price of [97, 98]) await ana.ladder(X, "bid", price).click();
  await expect.poll(() => ana.id("order-row").count()).toBe(2);
  await expect.poll(since).toMatch(/^\d\d:\d\d:\d\d$/);
  const began = await since();
  // Another second on the clock: a new curve would begin there.
  await ana.page.waitForTimeout(1_100);
  const before = await doneOrders(ana);
  expect(before).toHaveLength(1);

  // The page goes, and comes back after the bid at 98 and the whole book below it were hit.
  await ana.page.goto("about:blank");
  await bo.ask("quote", { inst: X, ask: 101, ask_qty: 50 });
  await bo.ask("order_new", { inst: X, side: "sell", price: 98, qty: 5 });
  await ana.page.goto(link);
  await ana.id("terminal").waitFor();
  await expect.poll(() => ana.positionText(X)).toBe("+10");
  await expect.poll(() => ana.id("order-row").count()).toBe(1);
  await expect.poll(async () => (await doneOrders(ana)).length).toBe(2);
  const after = await doneOrders(ana);
  expect(after[0]).toMatch(/98.*Filled/);
  expect(after[1]).toBe(before[0]);
  await expect.poll(since).toBe(began);
  await ana.page.screenshot({ path: path.join(pictures, "desk-reload.png") });

  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(async () => doneOrders(ana)).toEqual(after);
  await expect.poll(since).toBe(began);
});

test("somebody else in the same browser, or in the same tab, sees nothing of it", async () => {
  const second = await ana.page.context().newPage();
  await second.goto(link);
  await second.getByTestId("terminal").waitFor();
  // The seat is Ana's here as well, but another tab knows open orders only.
  await expect.poll(() => second.getByTestId("order-row").count()).toBe(1);
  await second.getByTestId("orders-done").check({ force: true });
  await expect.poll(() => second.getByTestId("done-row").count()).toBe(0);
  await second.close();

  await ana.page.evaluate(() => localStorage.removeItem("mmg.seats"));
  await ana.join(link, "Zed");
  await expect.poll(() => doneOrders(ana)).toEqual([]);
  expect(ana.faults).toEqual([]);
});
