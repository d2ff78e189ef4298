/** What a person sets to their liking, and the ways back: mouse schemes, recentring, a phone's options, one's seat. Checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { priceKey } from "#lib/format.ts";
import { expectAccessible } from "./accessible.ts";
import { desktop, launch, Person } from "./browser.ts";
import type { WireClient } from "./wire-client.ts";
import { WireRoom } from "./wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;

let browser: Browser;
let room: WireRoom;
let host: WireClient;
let bo: WireClient;
let ana: Person;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  room = await WireRoom.make(url);
  host = await room.hostWith("X");
  bo = await room.trader("Bo");
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(room.link, "Ana");
  await ana.openLadder(X);
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});

type Level = readonly [number, number];
/** The book as the exchange has it now. */
async function book(): Promise<{ bids: readonly Level[]; asks: readonly Level[] }> {
  const { bids, asks } = (await bo.ask("get_snapshot", { inst: X })) as Message<"snapshot">;
  return { bids, asks };
}
const bids = async () => (await book()).bids;
const asks = async () => (await book()).asks;
const own = (column: "my-bid" | "my-ask", price: number) =>
  ana
    .id(`ladder-${X}`)
    .getByTestId(`ladder-${column}-${priceKey(price)}`)
    .locator(".working");
const picture = (person: Person, name: string) =>
  person.page.screenshot({ path: path.join(pictures, `options-${name}.png`) });
const hint = () => ana.id("hint").innerText();
/** Away from everything that a click could do something at. */
const pointNowhere = () => ana.page.mouse.move(700, 3);
const options = async (set: () => Promise<unknown>) => {
  await ana.id(`ladder-options-${X}`).click();
  await set();
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => ana.id("ladder-options").isVisible()).toBe(false);
};

/** Around 100 stands a market of Bo's, and nothing of Ana's. */
beforeEach(async () => {
  await pointNowhere();
  await ana.page.keyboard.press("Escape");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(book).toEqual({ bids: [[99, 50]], asks: [[101, 50]] });
  await expect.poll(() => ana.ladder(X, "bid", 99).innerText()).toBe("50");
  await ana.size(X, 10);
});

test("by buttons the left one buys and the right one sells, anywhere in the book; it says so and remembers", async () => {
  const live = () => ana.id(`mouse-live-${X}`).innerText();
  await expect.poll(live).toBe("Mouse: by column");
  await options(async () => {
    await ana.id("second-size").selectOption({ label: "Trades size 25" });
    await ana.id("mouse-scheme").selectOption({ label: "Left buys, right sells" });
    await expect.poll(() => ana.id("second-size").count()).toBe(0);
    await expectAccessible(ana, "options");
    await picture(ana, "dialog");
  });
  await expect.poll(live).toBe("Mouse: left buys, right sells");
  await ana.ladder(X, "ask", 97).hover();
  await expect
    .poll(hint)
    .toBe("Left: buy 10 X at 97, joins the book · right: sell 10, hits up to 50 bid");
  await ana.ladder(X, "ask", 97).click();
  await expect.poll(bids).toEqual([
    [99, 50],
    [97, 10],
  ]);
  await ana.ladder(X, "bid", 103).click({ button: "right" });
  await expect.poll(asks).toEqual([
    [101, 50],
    [103, 10],
  ]);
  await picture(ana, "buttons");
  await expectAccessible(ana, "ladder");
  // On an own order the right button still opens it, and the left one cancels it.
  await own("my-ask", 103).click({ button: "right" });
  await ana.id("amend-price").fill("104");
  await ana.id("amend-price").press("Enter");
  await expect.poll(async () => (await asks())[1]).toEqual([104, 10]);
  await own("my-bid", 97).click();
  await expect.poll(bids).toEqual([[99, 50]]);

  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(live).toBe("Mouse: left buys, right sells");
  // Locked, both only fill the ticket.
  await ana.page.keyboard.press("l");
  await ana.ladder(X, "ask", 98).hover();
  await expect.poll(hint).toMatch(/^Locked: the left button .* buy .* right one a sell/);
  await ana.ladder(X, "bid", 102).click({ button: "right" });
  await expect.poll(() => ana.id("ticket-price").inputValue()).toBe("102");
  await expect.poll(() => ana.id("ticket-side-sell").isChecked()).toBe(true);
  await ana.ladder(X, "ask", 98).click();
  await expect.poll(() => ana.id("ticket-price").inputValue()).toBe("98");
  await expect.poll(() => ana.id("ticket-side-buy").isChecked()).toBe(true);
  await pointNowhere();
  await ana.page.keyboard.press("l");
  expect(await book()).toEqual({
    bids: [[99, 50]],
    asks: [
      [101, 50],
      [104, 10],
    ],
  });
  // Keys go by column: a cursor has but one Enter.
  await ana.page.keyboard.press("Tab");
  await ana.id(`ladder-${X}`).getByRole("grid").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await ana.page.keyboard.press(key);
  await expect.poll(hint).toBe("Click: sell 10 X at 100, joins the book");
  await ana.page.keyboard.press("Enter");
  await expect.poll(async () => (await asks())[0]).toEqual([100, 10]);
  await options(() => ana.id("mouse-scheme").selectOption({ label: "By column" }));
  await expect.poll(live).toBe("Mouse: by column, right 25");
  await options(() => ana.id("second-size").selectOption({ label: "The browser's menu" }));
});

test("by the clock the prices recentre with a notice, never under the pointer nor just after scrolling", async () => {
  const rows = ana.id(`ladder-${X}`).getByRole("row");
  const place = async (price: number) =>
    (await ana.ladder(X, "bid", price).boundingBox())?.y ?? null;
  await ana.id(`recentre-${X}`).click();
  await pointNowhere();
  const middle = await place(100);
  await options(() => ana.id("recentre-every").selectOption({ label: "Every 5 seconds" }));
  await pointNowhere();
  await expect.poll(() => ana.id(`ladder-${X}`).innerText()).toContain("◎ every 5 s");
  // Three ticks from the middle: far from an edge. On the rows, the clock waits.
  await ana.ladder(X, "bid", 98).hover();
  await bo.ask("quote", { inst: X, bid: 102, bid_qty: 50, ask: 104, ask_qty: 50 });
  await ana.page.waitForTimeout(5_300);
  expect(await place(100)).toBe(middle);
  expect(await rows.first().isVisible()).toBe(true);
  await pointNowhere();
  // A frame warns, and then the middle of the market stands where the former one stood.
  await expect.poll(() => ana.id(`ladder-${X}`).locator(".due").count()).toBe(1);
  await expect.poll(() => place(103)).toBe(middle);
  // What is pressed at once after a move is not meant, and says so.
  await ana.ladder(X, "bid", 103).click();
  await ana.page.getByText("The ladder had just moved").waitFor();
  await ana.page.waitForTimeout(350);
  await ana.ladder(X, "bid", 103).click();
  await expect.poll(async () => (await bids())[0]).toEqual([103, 10]);
  await options(() => ana.id("recentre-every").selectOption({ label: "Never" }));
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
