/** A trader's desk in a real browser, used as a person would: each act is checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person, phone } from "./support/browser.ts";
import { ink, saidOf } from "./support/chart.ts";
import type { WireClient } from "./support/wire-client.ts";
import { listStrip, WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;
const strikes = Array.from({ length: 15 }, (_, i) => 30 + 10 * i);
const call = (strike: number) => 2 + 2 * strikes.indexOf(strike);
const put = (strike: number) => call(strike) + 1;
const options = strikes.flatMap((strike) => [call(strike), put(strike)]);
const C100 = call(100);
/** What Bo quotes an option around. */
const value = (inst: number) => {
  const strike = strikes[Math.floor((inst - 2) / 2)] ?? 0;
  return 5 + Math.max(0, (inst % 2 === 0 ? 1 : -1) * (100 - strike));
};

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
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  await listStrip(host, X, "X", strikes);
  bo = await room.trader("Bo");
  cy = await room.trader("Cy");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(link, "Ana");
  await ana.id(`chain-${C100}-ask`).waitFor();
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
async function limitPosition(max_position: number): Promise<void> {
  const user_id = host.all("user_joined").find(({ name }) => name === "Ana")?.user_id;
  await host.ask("set_limits", { user_id, max_position });
}
const worst = () => ana.id("payoff-worst").innerText();
/** Away from everything that a click could do something at. */
const pointNowhere = () => ana.page.mouse.move(700, 3);

test("the payoff at settlement shows what the order under the pointer would do to it", async () => {
  await bo.ask("order_new", { inst: C100, side: "sell", price: 4, qty: 10 });
  await bo.ask("order_new", { inst: C100, side: "sell", price: 6, qty: 10 });
  await ana.chainSize(10);
  await ana.id(`chain-${C100}-ask`).hover();
  await expect.poll(worst).toBe("worst 0.00 → −40.00 at 100");
  await ana.id(`chain-${C100}-ask`).click();
  await expect.poll(() => ana.positionText(C100)).toBe("+10");
  expect((await book(C100)).asks).toEqual([[6, 10]]);
  await expect.poll(worst).toBe("worst −40.00 → −100.00 at 100");
  await ana.page.screenshot({ path: path.join(pictures, "desk-payoff.png") });
  await pointNowhere();
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await expect.poll(() => ana.id("payoff-after").count()).toBe(0);
});

test("so do the keys on a ladder, and an order in the ticket", async () => {
  await ana.size(X, 10);
  await ana.page.keyboard.press("Tab");
  await ana.id(`ladder-${X}`).getByRole("grid").focus();
  await ana.page.keyboard.press("ArrowDown");
  await expect.poll(worst).toBe("worst −40.00 at 100 → without limit at a very low value");
  await ana.page.keyboard.press("Enter");
  await expect
    .poll(() => book(X))
    .toMatchObject({
      bids: [
        [99, 50],
        [98, 10],
      ],
    });
  await expect.poll(() => ana.id("order-row").count()).toBe(1);
  await ana.page.keyboard.press("e");
  await expect.poll(() => book(X)).toMatchObject({ bids: [[99, 50]] });
  await ana.openLadder(C100);
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await ana.id("ticket-side-sell").check({ force: true });
  await ana.id("ticket-price").fill("8");
  await ana.id("ticket-qty").fill("5");
  await expect.poll(worst).toBe("worst −40.00 → 0.00 at 100");
  await ana.id("ticket-submit").click();
  await expect
    .poll(() => book(C100))
    .toMatchObject({
      asks: [
        [6, 10],
        [8, 5],
      ],
    });
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await expect.poll(() => ana.id("order-row").count()).toBe(1);
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => book(C100)).toMatchObject({ asks: [[6, 10]] });
  await bo.ask("cancel_all", {});
});

test("a low window has the worst in a line, and the whole over the strikes by click or key, moving nothing", async () => {
  await bo.ask("order_new", { inst: C100, side: "sell", price: 6, qty: 10 });
  for (const size of [
    { width: 1024, height: 700 },
    { width: 1440, height: 768 },
  ]) {
    await ana.page.setViewportSize(size);
    const line = ana.id("payoff-line");
    await expect.poll(() => line.innerText()).toContain("worst −40.00 at 100");
    await expect.poll(() => ana.id("payoff").count()).toBe(0);
    const place = () => ana.page.locator('[data-testid^="ladder-"]').first().boundingBox();
    const before = await place();
    await line.click();
    await expect.poll(worst).toBe("worst −40.00 at 100");
    await expect.poll(() => ana.id("payoff-best").innerText()).toMatch(/^best without limit/);
    expect(await place()).toEqual(before);
    await expectAccessible(ana);
    await ana.page.screenshot({ path: path.join(pictures, `desk-payoff-low-${size.width}.png`) });
    await ana.page.keyboard.press("Escape");
    await expect.poll(() => ana.id("payoff").count()).toBe(0);
    // Only what lay open was closed.
    await ana.page.keyboard.press("p");
    await ana.id("payoff").waitFor();
    await ana.page.keyboard.press("p");
    await expect.poll(() => ana.id("payoff").count()).toBe(0);
  }
  await ana.chainSize(10);
  await ana.id(`chain-${C100}-ask`).hover();
  await expect
    .poll(() => ana.id("payoff-line").innerText())
    .toContain("worst −40.00 → −100.00 at 100");
  await pointNowhere();
  await ana.page.setViewportSize(desktop);
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await bo.ask("cancel_all", {});
});

test("a phone has it under the strikes, upright and on its side", async () => {
  const small = await Person.open(browser, phone);
  await small.join(link, "Dee");
  await small.id("view-chain").click();
  await small.id("payoff").waitFor();
  await expect.poll(() => small.id("payoff").innerText()).toContain("Nothing held here yet.");
  await small.page.setViewportSize({ width: phone.height, height: phone.width });
  await small.id("payoff-line").tap();
  await small.id("payoff").waitFor();
  await expectAccessible(small);
  await small.page.screenshot({ path: path.join(pictures, "phone-payoff-side.png") });
  await small.id("payoff-line").tap();
  await expect.poll(() => small.id("payoff").count()).toBe(0);
  expect(small.faults).toEqual([]);
  await small.close();
});

test("a grid quotes fifteen strikes of calls and puts at once, and says in the row why one is refused", async () => {
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  for (const inst of options)
    await bo.ask("quote", {
      ...{ inst, bid: value(inst) - 3, bid_qty: 9, ask: value(inst) + 3, ask_qty: 9 },
    });
  await limitPosition(12);
  await host.ask("halt", { inst: put(50), on: true });
  await pointNowhere();
  await ana.page.keyboard.press("v");
  await ana.id("quote-grid").waitFor();
  await ana.id("grid-width").fill("4");
  await ana.id("grid-size").fill("7");
  await ana.id("grid-all-calls").check();
  await ana.id("grid-all-puts").check();
  const places = () =>
    ana.page
      .locator('[data-testid^="grid-"][data-testid$="-state"]')
      .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().y));
  const before = await places();
  await ana.id("grid-send").click();
  const state = (inst: number) => ana.id(`grid-${inst}-state`).innerText();
  await expect.poll(() => ana.id("grid-summary").innerText()).toBe("28 working, 2 refused");
  for (const inst of options) {
    const { bids, asks } = await book(inst);
    const isQuoted = inst !== C100 && inst !== put(50);
    const [bid, ask] = [value(inst) - 1, value(inst) + 1];
    expect([bids[0], asks[0]]).toEqual(
      isQuoted
        ? [
            [bid, 7],
            [ask, 7],
          ]
        : [
            [value(inst) - 3, 9],
            [value(inst) + 3, 9],
          ],
    );
    if (isQuoted) expect(await state(inst)).toBe(`Working ${bid.toFixed(1)} / ${ask.toFixed(1)}`);
  }
  await expect.poll(() => state(put(50))).toMatch(/X 50P is halted/);
  await expect.poll(() => state(C100)).toMatch(/position|limit/i);
  expect((await ana.page.getByRole("alert").allInnerTexts()).join("")).toBe("");
  // Nothing has moved for it; pressed, it is said in full.
  expect(await places()).toEqual(before);
  await ana.id(`grid-${put(50)}-why`).click();
  await ana.page.locator(":popover-open").getByText("X 50P is halted").waitFor();
  await expectAccessible(ana);
  await ana.page.screenshot({ path: path.join(pictures, "desk-grid.png") });
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => ana.page.locator(":popover-open").count()).toBe(0);
});

test("its keys move the ticked rows only; a row may have settings of its own; pull all pulls them all", async () => {
  await ana.id("grid-all-puts").uncheck();
  await ana.page.keyboard.press("=");
  await ana.page.keyboard.press("]");
  const top = async (inst: number) => {
    const { bids, asks } = await book(inst);
    return [bids[0], asks[0]];
  };
  await expect
    .poll(() => top(call(120)))
    .toEqual([
      [4, 7],
      [7, 7],
    ]);
  await expect
    .poll(() => top(put(120)))
    .toEqual([
      [24, 7],
      [26, 7],
    ]);
  await ana.id("grid-all-calls").uncheck();
  await ana.id(`grid-${put(120)}-tick`).check();
  await ana.id(`grid-${put(120)}-mid`).fill("26");
  await ana.id(`grid-${put(120)}-size`).fill("2");
  await ana.id(`grid-${put(120)}-size`).press("Enter");
  await ana.id("grid-send").click();
  await expect
    .poll(() => top(put(120)))
    .toEqual([
      [25, 2],
      [27, 2],
    ]);
  await ana.id("grid-pull").click();
  await expect.poll(() => ana.id("grid-summary").innerText()).toBe("0 working");
  for (const inst of options)
    await expect
      .poll(() => top(inst))
      .toEqual([
        [value(inst) - 3, 9],
        [value(inst) + 3, 9],
      ]);
  await ana.page.keyboard.press("v");
  await ana.id(`chain-${C100}-ask`).waitFor();
  await limitPosition(1000);
});

test("an own order shows about how much stands ahead of it: trades take from that, later orders do not add", async () => {
  await bo.ask("cancel_all", {});
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await ana.openLadder(X);
  await ana.size(X, 10);
  const ahead = () => ana.id("ladder-1").getByTestId("ladder-my-bid-99000000-ahead");
  await expect.poll(() => ana.ladder(X, "bid", 99).innerText()).toBe("50");
  await ana.ladder(X, "bid", 99).click();
  await expect.poll(() => ahead().innerText()).toBe("50");
  await expect.poll(() => ahead().getAttribute("title")).toMatch(/About 50 ahead.*estimate/);
  expect((await book(X)).bids).toEqual([[99, 60]]);
  await bo.ask("order_new", { inst: X, side: "buy", price: 99, qty: 30 });
  await expect.poll(() => ana.ladder(X, "bid", 99).innerText()).toBe("90");
  await expect.poll(() => ahead().innerText()).toBe("50");
  await cy.ask("order_new", { inst: X, side: "sell", price: 99, qty: 20 });
  await expect.poll(() => ahead().innerText()).toBe("30");
  await cy.ask("order_new", { inst: X, side: "sell", price: 99, qty: 33 });
  await expect.poll(() => ana.positionText(X)).toBe("+3");
  await expect.poll(() => ahead().innerText()).toBe("0");
  await ana.page.screenshot({ path: path.join(pictures, "desk-queue.png") });
});

test("the chart goes on with each trade, marks own fills, zooms, and follows the theme", async () => {
  const closeLadder = ana.id(`ladder-${C100}`).getByRole("button", { name: /close/i });
  if (await closeLadder.isVisible()) await closeLadder.click();
  await expect.poll(() => saidOf(ana)).toMatch(/^X trades\. 3 trades since .*: last 99, low 99,/);
  await expect.poll(() => ink(ana, "--text")).toBeGreaterThan(50);
  await expect.poll(() => ink(ana, "--bid")).toBeGreaterThan(10);
  expect(await ink(ana, "--ask")).toBe(0);
  const canvas = await ana.id("chart").locator("canvas").first().elementHandle();

  await cy.ask("order_new", { inst: X, side: "buy", price: 100, qty: 2 });
  await expect.poll(() => ana.ladder(X, "bid", 100).innerText()).toBe("2");
  await ana.size(X, 2);
  await ana.ladder(X, "ask", 100).click();
  await expect.poll(() => saidOf(ana)).toMatch(/ 4 trades since .*: last 100, low 99,/);
  await expect.poll(() => ink(ana, "--ask")).toBeGreaterThan(10);
  await expectAccessible(ana);

  const whole = await ink(ana, "--text");
  await ana.id("chart").hover();
  await ana.page.mouse.wheel(0, -800);
  await expect.poll(() => ink(ana, "--text")).not.toBe(whole);
  await ana.id("chart").dblclick();
  await pointNowhere();
  await expect.poll(() => ink(ana, "--text")).toBe(whole);

  const surface = () => ink(ana, "--surface-1");
  const ground = await surface();
  await ana.id("theme").click();
  await expect.poll(surface).toBeGreaterThan(ground / 2);
  await expect.poll(() => ink(ana, "--bid")).toBeGreaterThan(10);
  await expectAccessible(ana);
  await ana.page.screenshot({ path: path.join(pictures, "desk-chart.png") });
  await ana.id("theme").click();
  // Drawn on, never anew.
  await ana.size(X, 10);
  expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true);
});

test("tabs are one stop: arrows go round, Home and End to the ends, and the panel is named by its tab", async () => {
  const tab = (id: string) => ana.id(`tab-${id}`);
  const chosen = async () => {
    const list = ana.page.getByRole("tablist", { name: "My trading and the market" });
    const is = list.locator('[aria-selected="true"]');
    expect(await list.locator('[tabindex="0"]').allInnerTexts()).toEqual(await is.allInnerTexts());
    expect(await is.evaluate((element) => element === document.activeElement)).toBe(true);
    const name = await is.innerText();
    await ana.page.getByRole("tabpanel", { name, exact: true }).waitFor();
    return name.replace(/\s+\d+$/, "");
  };
  await tab("orders").click();
  for (const [key, name] of [
    ["ArrowLeft", "News"],
    ["ArrowRight", "Orders"],
    ["ArrowRight", "Positions"],
    ["End", "News"],
    ["Home", "Orders"],
  ] as const) {
    await ana.page.keyboard.press(key);
    await expect.poll(chosen).toBe(name);
  }
});

test("fills of one order are one notice, which stays under the pointer and lets clicks through", async () => {
  await pointNowhere();
  await expect.poll(() => ana.id("notice").count()).toBe(0);
  await ana.size(X, 3);
  await ana.ladder(X, "bid", 100).click();
  await expect.poll(async () => (await book(X)).bids[0]).toEqual([100, 3]);
  await cy.ask("order_new", { inst: X, side: "sell", price: 100, qty: 2 });
  const said = () =>
    ana.page.getByRole("status").getByTestId("notice").locator("p").allInnerTexts();
  await expect.poll(said).toEqual(["Bought 2 X at 100."]);
  const box = (await ana.id("notice").boundingBox())!;
  const point = [box.x + 40, box.y + box.height / 2] as const;
  await ana.page.mouse.move(...point);
  await cy.ask("order_new", { inst: X, side: "sell", price: 100, qty: 1 });
  await expect.poll(said).toEqual(["Bought 3 X at 100."]);
  // Longer than it would stay by itself.
  await ana.page.waitForTimeout(6_000);
  await expect.poll(said).toEqual(["Bought 3 X at 100."]);
  const isUnder = ([x, y]: readonly [number, number]) =>
    document.elementFromPoint(x, y)?.closest('[data-testid="notice"]') === null;
  expect(await ana.page.evaluate(isUnder, point)).toBe(true);
  await pointNowhere();
  await expect.poll(said).toEqual([]);
  await ana.size(X, 10);
});

test("sizes add up outwards on request, by key and by the ladder's options, and it is remembered", async () => {
  await bo.ask("order_new", { inst: X, side: "buy", price: 97, qty: 5 });
  const shown = () => ana.ladder(X, "bid", 97).innerText();
  await expect.poll(shown).toBe("5");
  await ana.page.keyboard.press("d");
  await expect.poll(shown).toBe("42");
  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(shown).toBe("42");
  await ana.id(`ladder-options-${X}`).click();
  await ana.id("cumulative").uncheck();
  await expect.poll(shown).toBe("5");
});

test("the right button trades a second size on prices, and is the browser's everywhere else", async () => {
  await ana.id("second-size").selectOption({ label: "Trades size 25" });
  await expectAccessible(ana);
  await ana.page.keyboard.press("Escape");
  await ana.page.evaluate(() => {
    const taken: boolean[] = [];
    Object.assign(window, { taken });
    window.addEventListener("contextmenu", (event) => taken.push(event.defaultPrevented));
  });
  const taken = () => ana.page.evaluate(() => (window as unknown as { taken: boolean[] }).taken);
  await ana.ladder(X, "bid", 96).hover();
  await expect
    .poll(() => ana.id("hint").innerText())
    .toBe("Click: buy 10 X at 96, joins the book · right button: 25");
  await ana.ladder(X, "bid", 96).click({ button: "right" });
  await expect.poll(async () => (await book(X)).bids.at(-1)).toEqual([96, 25]);
  await ana.ladder(X, "bid", 96).click();
  await expect.poll(async () => (await book(X)).bids.at(-1)).toEqual([96, 35]);
  const before = await book(X);
  await ana.id(`ladder-${X}`).getByTestId("ladder-price-95000000").click({ button: "right" });
  await ana.id("my-name").click({ button: "right" });
  await expect.poll(taken).toEqual([true, false, false]);
  expect(await book(X)).toEqual(before);
  await ana.id(`ladder-options-${X}`).click();
  await ana.id("second-size").selectOption({ label: "The browser's menu" });
  await ana.page.keyboard.press("Escape");
  await ana.ladder(X, "bid", 95).click({ button: "right" });
  await expect.poll(taken).toEqual([true, false, false, false]);
  expect(await book(X)).toEqual(before);
});

test("what a click would do is said anew under a resting pointer: market, size, lock and scroll", async () => {
  const hint = () => ana.id("hint").innerText();
  await ana.openLadder(X);
  await ana.page.keyboard.press("Escape");
  await bo.ask("cancel_all", {});
  await expect.poll(() => book(X)).toEqual({ bids: [], asks: [] });
  await bo.ask("quote", { inst: X, bid: 95, bid_qty: 5, ask: 103, ask_qty: 7 });
  await ana.size(X, 10);
  await ana.ladder(X, "bid", 101).hover();
  await expect.poll(hint).toBe("Click: buy 10 X at 101, joins the book");
  await cy.ask("order_new", { inst: X, side: "sell", price: 101, qty: 3 });
  await expect.poll(hint).toBe("Click: buy 10 X at 101, takes up to 3 offered");
  await ana.page.keyboard.press("2");
  await expect.poll(hint).toBe("Click: buy 5 X at 101, takes up to 3 offered");
  await ana.page.keyboard.press("l");
  await expect.poll(hint).toMatch(/^Locked/);
  await ana.page.keyboard.press("l");
  await ana.page.mouse.wheel(0, 100);
  await expect.poll(hint).toBe("Click: buy 5 X at 99, joins the book");
  await ana.page.mouse.down();
  await ana.page.mouse.up();
  await expect.poll(async () => (await book(X)).bids[0]).toEqual([99, 5]);
  await host.ask("halt", { inst: X, on: true });
  await expect.poll(hint).toMatch(/halted/);
  await host.ask("halt", { inst: X, on: false });
  await pointNowhere();
  await expect.poll(hint).toMatch(/^Point at a price/);
  await bo.ask("quote", { inst: X, bid: 94, bid_qty: 5, ask: 103, ask_qty: 7 });
  await expect.poll(() => ana.ladder(X, "bid", 94).innerText()).toBe("5");
  await expect.poll(hint).toMatch(/^Point at a price/);
});

test("after a change of the tick old fills keep the price that they had, points in line", async () => {
  const listed = await host.ask("add_instrument", {
    ...{ symbol: "OLD", type: "SCALAR", tick_size: 0.25 },
  });
  const inst = "inst" in listed ? Number(listed.inst) : 0;
  for (const price of [31.25, 31.5, 32])
    await bo.ask("order_new", { inst, side: "sell", price, qty: 3 });
  await ana.ticket(inst, "buy", "32", "9");
  await expect.poll(() => ana.positionText(inst)).toBe("+9");
  await host.ask("update_tick_size", { instrument_id: inst, tick_size: 0.5 });
  await ana.page.getByRole("tab", { name: "Fills" }).click();
  const rows = ana.id("fill-row").filter({ hasText: "OLD" });
  await expect
    .poll(async () => (await rows.allInnerTexts()).map((row) => /3\d\.\d+/.exec(row)?.[0]))
    .toEqual(["32.0", "31.5", "31.25"]);
  const points = await rows.evaluateAll((lines) =>
    lines.map((line) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode;
        const at = /^\s*3\d\./.exec(text.textContent ?? "");
        if (at === null) continue;
        const range = document.createRange();
        range.setStart(text, at[0].length - 1);
        range.setEnd(text, at[0].length);
        return Math.round(range.getBoundingClientRect().x * 10);
      }
      return null;
    }),
  );
  expect(points[0]).not.toBeNull();
  expect(new Set(points).size).toBe(1);
  await ana.page.getByRole("tab", { name: "Tape" }).click();
  await expect.poll(() => ana.id("tape-row").nth(2).innerText()).toContain("31.25");
  await ana.page.screenshot({ path: path.join(pictures, "desk-old-tick.png") });
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
