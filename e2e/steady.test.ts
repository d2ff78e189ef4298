/** A ladder's rows stay under the pointer whatever others do, and Escape closes before it cancels. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { desktop, launch, Person } from "./support/browser.ts";
import { livelyRoom, type LivelyRoom } from "./support/lively-room.ts";

const url = process.env["MMG_URL"] ?? "";
let browser: Browser;
let game: LivelyRoom;
let me: Person;

beforeAll(async () => {
  [browser, game] = await Promise.all([launch(), livelyRoom(url, 6)]);
  for (let round = 0; round < 20; round++) game.step();
  me = await Person.open(browser, desktop);
  await me.join(game.link, "Looker");
});
afterAll(async () => {
  game.close();
  await browser.close();
});

async function order(type: "market" | "limit", price: string | null): Promise<void> {
  await me.id(`ticket-type-${type}`).check({ force: true });
  if (price !== null) await me.id("ticket-price").fill(price);
  await me.id("ticket-qty").fill("3");
  await me.id("ticket-submit").click();
}

const rowsAt = () => me.id("ladder-1").getByRole("grid").boundingBox();

test("a new position, strike or instrument moves no row", async () => {
  await me.openLadder(1);
  const before = await rowsAt();
  await order("market", null);
  await me.id("payoff").waitFor();
  expect(await rowsAt()).toEqual(before);
  await game.host.ask("add_instrument", {
    ...{ symbol: "INDEX 135C", type: "CALL", reference_id: 1, strike: 135, tick_size: 0.1 },
  });
  await game.host.ask("add_instrument", { symbol: "OTHER", type: "SCALAR", tick_size: 1 });
  await me.page.getByRole("button", { name: /^OTHER/ }).waitFor();
  expect(await rowsAt()).toEqual(before);
});

test("the pencil leads to the price, and Escape closes one thing at a time before it cancels", async () => {
  const focused = () =>
    me.page.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? null);
  await me.openLadder(1);
  await order("limit", "50");
  await me.id("order-amend").click();
  await expect.poll(focused).toBe("amend-price");
  await me.page.keyboard.press("Escape");
  await expect.poll(focused).toBe("order-amend");
  await me.page.keyboard.press("?");
  await me.id("help").waitFor();
  await me.page.keyboard.press("Escape");
  await me.id("help").waitFor({ state: "hidden" });
  await expect.poll(() => me.id("order-row").count()).toBe(1);
  await me.page.keyboard.press("Escape");
  await expect.poll(() => me.id("order-row").count()).toBe(0);
  expect(me.faults).toEqual([]);
});
