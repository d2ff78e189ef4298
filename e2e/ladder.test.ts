/** Ladders, chain and ticket beyond a click: what a trader does with keys, wheel and right button, checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { priceKey } from "#lib/format.ts";
import { expectAccessible } from "./accessible.ts";
import { desktop, launch, Person } from "./browser.ts";
import { WireClient } from "./wire-client.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;
const C100 = 2;

let browser: Browser;
let host: WireClient;
let bo: WireClient;
let cy: WireClient;
let ana: Person;
let link: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const answer = await fetch(`${url}/api/rooms`, { method: "POST", body: "{}" });
  const made = (await answer.json()) as Record<"room" | "host_token" | "join_url", string>;
  link = made.join_url;
  const address = `${url.replace("http", "ws")}/ws/${made.room}`;
  host = await WireClient.open(address);
  await host.join("Host", "exchange", { host_token: made.host_token });
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1, tick_value: 2 });
  for (const strike of [90, 100, 110])
    for (const type of ["CALL", "PUT"] as const)
      await host.ask("add_instrument", {
        ...{ symbol: `X ${strike}${type[0]}`, type, reference_id: X, strike, tick_size: 0.5 },
      });
  bo = await WireClient.open(address);
  await bo.join("Bo");
  cy = await WireClient.open(address);
  await cy.join("Cy");
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
  expect(await bids()).toEqual([
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
  await ana.page.keyboard.press("Shift+ArrowDown");
  await expect.poll(async () => (await bids())[1]).toEqual([97, 10]);
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
