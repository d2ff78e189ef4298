/** Ladders, chain and ticket beyond a click: what a trader does with keys, wheel and right button, checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, laptop, launch, Person, phone } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { listStrip, WireRoom } from "./support/wire-room.ts";
import { priceKey } from "#lib/trading/grid.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;

let browser: Browser;
let host: WireClient;
let bo: WireClient;
let cy: WireClient;
let ana: Person;
let link: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const room = await WireRoom.make(url);
  link = room.link;
  host = await room.host();
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1, tick_value: 2 });
  await listStrip(host, X, "X", [90, 100, 110]);
  bo = await room.trader("Bo");
  cy = await room.trader("Cy");
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(link, "Ana");
  await ana.openLadder(X);
});
afterAll(async () => {
  for (const client of [host, bo, cy]) client.close();
  await browser.close();
});

type Level = readonly [number, number];
/** The book as the exchange has it now. */
async function book(inst: number): Promise<{ bids: readonly Level[]; asks: readonly Level[] }> {
  const { bids, asks } = (await bo.ask("get_snapshot", { inst })) as Message<"snapshot">;
  return { bids, asks };
}
const bids = async () => (await book(X)).bids;
const mine = (column: "my-bid" | "my-ask", price: number) =>
  ana.id(`ladder-${X}`).getByTestId(`ladder-${column}-${priceKey(price)}`);
const picture = (name: string) =>
  ana.page.screenshot({ path: path.join(pictures, `ladder-${name}.png`) });
const hint = () => ana.id("hint").innerText();
/** Away from everything that a click could do something at. */
const pointNowhere = () => ana.page.mouse.move(700, 3);
/** With keys, as somebody does who has no mouse: the cursor begins at the best bid. */
async function focusLadder(): Promise<void> {
  await pointNowhere();
  await ana.id(`recentre-${X}`).click();
  await ana.page.keyboard.press("Tab");
  await ana.id(`ladder-${X}`).getByRole("grid").focus();
}

/** Around 100 stands a market of Bo's, and nothing of Ana's. */
beforeEach(async () => {
  await pointNowhere();
  await ana.page.keyboard.press("Escape");
  await bo.ask("cancel_all", {});
  await cy.ask("cancel_all", {});
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(() => book(X)).toEqual({ bids: [[99, 50]], asks: [[101, 50]] });
  await expect.poll(() => ana.ladder(X, "bid", 99).innerText()).toBe("50");
  await ana.size(X, 10);
});

test("Shift with the arrows moves an own order by ticks, and takes no other along", async () => {
  await ana.ladder(X, "bid", 98).click();
  await ana.ladder(X, "bid", 96).click();
  await expect.poll(bids).toEqual([
    [99, 50],
    [98, 10],
    [96, 10],
  ]);
  await focusLadder();
  for (const key of ["ArrowLeft", "ArrowDown"]) await ana.page.keyboard.press(key);
  await expect.poll(hint).toMatch(/your bid of 10 at 98.*Shift/);
  for (let i = 0; i < 3; i++) await ana.page.keyboard.press("Shift+ArrowDown");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 10],
    [95, 10],
  ]);
  await ana.page.keyboard.press("Shift+ArrowUp");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 20],
  ]);
  await expect.poll(() => mine("my-bid", 96).innerText()).toMatch(/20/);
  await ana.page.keyboard.press("ArrowUp");
  await ana.page.keyboard.press("Shift+ArrowUp");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 20],
  ]);
});

test("the right button on an own order opens it to be changed; Enter sends, Escape closes", async () => {
  await ana.ladder(X, "ask", 103).click();
  await expect.poll(async () => (await book(X)).asks[1]).toEqual([103, 10]);
  await mine("my-ask", 103).click({ button: "right" });
  await ana.id("ladder-editor").waitFor();
  await expectAccessible(ana);
  await picture("editor");
  await ana.id("amend-price").press("Escape");
  await expect.poll(() => ana.id("ladder-editor").count()).toBe(0);
  expect((await book(X)).asks[1]).toEqual([103, 10]);
  await mine("my-ask", 103).click({ button: "right" });
  await ana.id("amend-price").fill("105");
  await ana.id("amend-qty").fill("7");
  await ana.id("amend-qty").press("Enter");
  await expect.poll(async () => (await book(X)).asks.slice(1)).toEqual([[105, 7]]);
  await expect.poll(() => ana.id("ladder-editor").count()).toBe(0);
  // One that is filled under the editor takes it along.
  await mine("my-ask", 105).click({ button: "right" });
  await ana.id("ladder-editor").waitFor();
  await bo.ask("order_new", { inst: X, side: "buy", price: 105, qty: 7 });
  await expect.poll(() => ana.id("ladder-editor").count()).toBe(0);
  await bo.ask("order_new", { inst: X, side: "sell", price: 99, qty: 50 });
  await ana.page.keyboard.press("Escape");
});

test("so does the key M, with a choice where there are several; the cursor stays where it was", async () => {
  await ana.ladder(X, "bid", 98).click();
  await expect.poll(async () => (await bids())[1]).toEqual([98, 10]);
  await ana.size(X, 4);
  await ana.ladder(X, "bid", 98).click();
  await expect.poll(async () => (await bids())[1]).toEqual([98, 14]);
  await focusLadder();
  for (const key of ["ArrowLeft", "ArrowDown", "m"]) await ana.page.keyboard.press(key);
  await expect.poll(() => ana.id("amend-qty").inputValue()).toBe("4");
  await ana.id("ladder-editor-order").selectOption({ index: 0 });
  await expect.poll(() => ana.id("amend-qty").inputValue()).toBe("10");
  await expectAccessible(ana);
  await picture("editor-several");
  await ana.id("amend-qty").fill("6");
  await ana.id("amend-qty").press("Enter");
  await expect.poll(async () => (await bids())[1]).toEqual([98, 10]);
  // Not before the change is answered.
  await expect.poll(() => mine("my-bid", 98).locator(".working").innerText()).toBe("10");
  await expect.poll(() => mine("my-bid", 98).locator(".coming").count()).toBe(0);
  await ana.page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await bids())[1]).toEqual([97, 10]);
});

/** Brings Ana to this position in X, long or none, at 100. */
async function hold(qty: number): Promise<void> {
  const now = Number((await ana.positionText(X)).replace("\u2212", "-")) || 0;
  if (qty === now) return;
  const [side, other] = qty > now ? (["buy", "sell"] as const) : (["sell", "buy"] as const);
  await bo.ask("order_new", { inst: X, side: other, price: 100, qty: Math.abs(qty - now) });
  await ana.ticket(X, side, "100", String(Math.abs(qty - now)));
  await expect.poll(() => ana.positionText(X)).toBe(qty === 0 ? "–" : `+${qty}`);
}
const size = () => ana.id(`ladder-${X}`).getByTestId(`size-${X}`);
const options = async (set: () => Promise<void>) => {
  await ana.id(`ladder-options-${X}`).click();
  await set();
  await ana.page.keyboard.press("Escape");
};

test("the size comes from the position, from presets added up and from the wheel, and goes back if asked", async () => {
  await hold(13);
  await ana.id(`ladder-position-${X}`).click();
  await expect.poll(() => size().inputValue()).toBe("13");
  await ana
    .id(`ladder-${X}`)
    .getByTestId("size-preset-3")
    .click({ modifiers: ["Shift"] });
  await expect.poll(() => size().inputValue()).toBe("23");
  await size().hover();
  for (const by of [-100, -100, 100]) await ana.page.mouse.wheel(0, by);
  await expect.poll(() => size().inputValue()).toBe("24");
  await ana.ladder(X, "bid", 97).click();
  await expect.poll(async () => (await bids())[1]).toEqual([97, 24]);
  await expect.poll(() => size().inputValue()).toBe("24");
  await options(() => ana.id("first-size").check());
  await ana.ladder(X, "bid", 96).click();
  await expect.poll(async () => (await bids())[2]).toEqual([96, 24]);
  await expect.poll(() => size().inputValue()).toBe("1");
  await ana.ladder(X, "bid", 96).click();
  await expect.poll(async () => (await bids())[2]).toEqual([96, 25]);
  await options(() => ana.id("first-size").uncheck());
});

test("the price column marks high and low, and points to an average price out of sight", async () => {
  await hold(20);
  for (const price of [103, 94]) {
    await bo.ask("cancel_all", {});
    await bo.ask("order_new", { inst: X, side: "buy", price, qty: 2 });
    await cy.ask("order_new", { inst: X, side: "sell", price, qty: 2 });
  }
  const price = (at: number) => ana.id(`ladder-${X}`).getByTestId(`ladder-price-${priceKey(at)}`);
  await expect.poll(() => price(94).innerText()).toMatch(/^L\s/);
  await expect.poll(() => price(94).getAttribute("title")).toMatch(/Lowest trade.*2 traded/);
  const top = ana.id(`ladder-${X}-average-above`);
  await ana.ladder(X, "bid", 97).hover();
  for (let i = 0; i < 8; i++) await ana.page.mouse.wheel(0, 100);
  await expect.poll(() => top.innerText()).toMatch(/^▲ avg \d/);
  await picture("average-out-of-sight");
  await top.click();
  await expect.poll(() => top.count()).toBe(0);
  await expect.poll(() => price(94).innerText()).toMatch(/L/);
});

test("changes of sizes stand beside them for a while, and move nothing", async () => {
  await options(() => ana.id("changes").check());
  const place = () => ana.id(`ladder-${X}`).boundingBox();
  const cell = ana.ladder(X, "bid", 99);
  const [before, whole] = [await cell.boundingBox(), await place()];
  await cy.ask("order_new", { inst: X, side: "buy", price: 99, qty: 7 });
  await expect.poll(() => cell.innerText()).toMatch(/^\+7\s*57$/);
  await cy.ask("order_new", { inst: X, side: "buy", price: 98, qty: 3 });
  await cy.ask("cancel_all", {});
  await expect.poll(() => cell.innerText()).toMatch(/^50$/);
  expect([await cell.boundingBox(), await place()]).toEqual([before, whole]);
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 1234, ask: 101, ask_qty: 20 });
  await expect.poll(() => cell.innerText()).toMatch(/^\+1.1k\s*1,234$/);
  await expect.poll(() => ana.ladder(X, "ask", 101).innerText()).toMatch(/^20\s*\u221230$/);
  await picture("changes");
  await expectAccessible(ana);
  await expect.poll(() => cell.innerText()).toBe("1,234");
  await options(() => ana.id("changes").uncheck());
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(() => cell.innerText()).toBe("50");
});

test("the P&L shows money, ticks or percent, and remembers which", async () => {
  await hold(20);
  const pnl = ana.id(`ladder-pnl-${X}`);
  const money = /^[+\u2212]?[\d,]+\.\d\d$/;
  await expect.poll(() => pnl.innerText()).toMatch(money);
  await expect.poll(() => pnl.getAttribute("title")).toMatch(/^P&L in money/);
  await pnl.click();
  await expect.poll(() => pnl.innerText()).toMatch(/^[+\u2212]?\d+\.\d t$/);
  await pnl.click();
  await expect.poll(() => pnl.innerText()).toMatch(/%$/);
  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(() => pnl.innerText()).toMatch(/%$/);
  await expect.poll(() => pnl.getAttribute("title")).toMatch(/^P&L in percent/);
  await pnl.click();
  await expect.poll(() => pnl.innerText()).toMatch(money);
});

test("a cancelled order is struck where it was, and then gone", async () => {
  await ana.ladder(X, "bid", 97).click();
  await expect.poll(async () => (await bids())[1]).toEqual([97, 10]);
  const cell = mine("my-bid", 97);
  await cell.locator(".working").click();
  await expect.poll(bids).toEqual([[99, 50]]);
  const gone = cell.locator(".gone");
  await gone.waitFor();
  expect([await gone.innerText(), await gone.getAttribute("title")]).toEqual(["10", "Cancelled"]);
  await expect.poll(() => cell.innerText()).toBe("");
});

test("the ticket says what could be lost at settlement, and names the limit before the exchange does", async () => {
  await hold(20);
  await bo.ask("order_new", { inst: 2, side: "sell", price: 4, qty: 10 });
  await ana.openLadder(2);
  const worst = () => ana.id("ticket-worst").innerText();
  await ana.id("ticket-side-buy").check({ force: true });
  await ana.id("ticket-price").fill("4");
  await ana.id("ticket-qty").fill("10");
  await expect.poll(worst).toBe("without limit at a very low value");
  await ana.openLadder(4);
  await ana.id("ticket-side-sell").check({ force: true });
  await ana.id("ticket-price").fill("4");
  await ana.id("ticket-qty").fill("40");
  await expect.poll(worst).toBe("without limit at a very low value");
  await hold(0);
  await ana.openLadder(2);
  await ana.id("ticket-side-buy").check({ force: true });
  await ana.id("ticket-price").fill("4");
  await ana.id("ticket-qty").fill("10");
  await expect.poll(worst).toMatch(/^[+\u2212][\d.,]+ at 90$/);
  await picture("ticket-worst");
  const user_id = host.all("user_joined").find(({ name }) => name === "Ana")?.user_id;
  await host.ask("set_limits", { user_id, max_open_orders: 0 });
  await expect
    .poll(() => ana.id("ticket-message").innerText())
    .toMatch(/^You have 0 open orders, which is your limit/);
  await expect.poll(() => ana.id("ticket-submit").isDisabled()).toBe(true);
  await host.ask("set_limits", { user_id, max_open_orders: 500 });
  await ana.id("ticket-submit").click();
  await expect.poll(() => ana.positionText(2)).toBe("+10");
  expect((await book(2)).asks).toEqual([]);
});

test("the chain has the columns that were chosen, and remembers them", async () => {
  const heads = () => ana.id("chain").locator("thead tr").nth(1).locator("th").allInnerTexts();
  await expect.poll(heads).toHaveLength(15);
  await ana.id("chain-choose").click();
  await ana.id("chain-column-position").uncheck();
  await ana.id("chain-column-size").uncheck();
  await expectAccessible(ana);
  await picture("chain-columns");
  const all = ["Work", "Last", "Bid", "Ask", "Strike", "Bid", "Ask", "Last", "Work"];
  await expect.poll(heads).toEqual(all);
  await ana.page.keyboard.press("Escape");
  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(heads).toEqual(all);
  const cells = ana.id("chain").locator("tbody tr").first().locator("td, th");
  await expect.poll(() => cells.count()).toBe(9);
  // They trade as before.
  await bo.ask("order_new", { inst: 3, side: "sell", price: 2, qty: 5 });
  await ana.chainSize(5);
  await ana.id("chain-3-ask").click();
  await expect.poll(() => ana.positionText(3)).toBe("+5");
  await ana.id("chain-choose").click();
  await ana.id("chain-column-position").check();
  await expect.poll(() => ana.id("chain-3-position").innerText()).toBe("+5");
  await ana.id("chain-column-size").check();
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => ana.id("chain-choose").isVisible()).toBe(true);
});

test("in a narrow bright window everything has its room, and on a phone", async () => {
  const dee = await Person.open(browser, laptop, "light");
  await dee.join(link, "Dee");
  await dee.openLadder(X);
  await dee.id(`ladder-options-${X}`).click();
  for (const option of ["changes", "cumulative", "first-size"]) await dee.id(option).check();
  await expectAccessible(dee, "options");
  await dee.page.screenshot({ path: path.join(pictures, "ladder-options-1024.png") });
  await dee.page.keyboard.press("Escape");
  await dee.size(X, 3);
  await dee.ladder(X, "bid", 96).click();
  await expect.poll(async () => (await bids())[1]).toEqual([96, 3]);
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 1750, ask: 101, ask_qty: 20 });
  const own = dee.id(`ladder-${X}`).getByTestId(`ladder-my-bid-${priceKey(96)}`);
  await own.click({ button: "right" });
  await dee.id("ladder-editor").waitFor();
  await expect.poll(() => dee.ladder(X, "bid", 99).innerText()).toMatch(/^\+/);
  await dee.page.screenshot({ path: path.join(pictures, "ladder-1024.png") });
  await expectAccessible(dee, "editor");
  // Escape closes one thing at a time: the editor, then nothing is left but the orders.
  await dee.page.keyboard.press("Escape");
  await expect.poll(() => dee.id("ladder-editor").count()).toBe(0);
  expect((await bids())[1]).toEqual([96, 3]);
  await dee.page.keyboard.press("Escape");
  await expect.poll(bids).toHaveLength(1);
  expect(dee.faults).toEqual([]);
  await dee.close();

  const eve = await Person.open(browser, phone);
  await eve.join(link, "Eve");
  await eve.id(`ladder-${X}`).waitFor();
  await expectAccessible(eve, "phone");
  await eve.page.screenshot({ path: path.join(pictures, "ladder-390.png") });
  await eve.id("view-ticket").tap();
  await eve.id("ticket-worst").waitFor();
  await expectAccessible(eve, "ticket");
  await eve.page.screenshot({ path: path.join(pictures, "ladder-ticket-390.png") });
  expect(eve.faults).toEqual([]);
  await eve.close();
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
