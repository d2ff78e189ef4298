/** A trader's own view of an underlying: values and edges from it, and quotes around them, checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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
/** Call and put of each strike, in the order in which they were listed. */
const [C90, P90, C100, P100, C110] = [2, 3, 4, 5, 6] as const;

let browser: Browser;
let host: WireClient;
let bo: WireClient;
let ana: Person;
let link: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const room = await WireRoom.make(url);
  link = room.link;
  host = await room.host();
  const bounds = { min_price: 0, max_price: 200 };
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 0.5, ...bounds });
  await listStrip(host, X, "X", [90, 100, 110, 120, 130]);
  bo = await room.trader("Bo");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 3.5, ask_qty: 15 });
  await bo.ask("quote", { inst: P100, bid: 4.5, bid_qty: 8, ask: 6, ask_qty: 1200 });
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(link, "Ana");
  await ana.id(`chain-${C100}-ask`).waitFor();
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});

const picture = (name: string) =>
  ana.page.screenshot({ path: path.join(pictures, `theory-${name}.png`) });
const heads = (person = ana) =>
  person.id("chain").locator("thead tr").nth(1).locator("th").allInnerTexts();
const text = (id: string, person = ana) => person.id(id).innerText();
const edges = async (inst: number, person = ana) =>
  Promise.all((["bid", "ask"] as const).map((c) => text(`chain-${inst}-${c}-edge`, person)));
async function view(person: Person, mean: string, sd: string): Promise<void> {
  await person.id("view-open").click();
  await person.id("view-mean").fill(mean);
  await person.id("view-sd").fill(sd);
  await person.id("view-sd").press("Enter");
  await expect.poll(() => person.id("my-view").isVisible()).toBe(false);
}
async function book(inst: number) {
  const { bids, asks } = (await bo.ask("get_snapshot", { inst })) as Message<"snapshot">;
  return { bids, asks };
}

test("a view gives values and edges, follows the market while it has no mean, and is remembered", async () => {
  await expect.poll(() => heads()).toHaveLength(15);
  await ana.page.mouse.move(700, 3);
  await ana.id("view-open").press("Enter");
  await expect.poll(() => ana.page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
  await ana.id("view-sd").fill("-3");
  await ana.id("my-view").getByText("Zero or more.").waitFor();
  await ana.id("view-sd").fill("10");
  await expect.poll(() => text("view-likely")).toContain("between 90.0 and 110.0");
  await picture("popover");
  // Escape closes this, and cancels nothing.
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => ana.id("my-view").isVisible()).toBe(false);
  await expect.poll(() => text("view-open")).toBe("Mid ± 10.0");
  await expect.poll(() => heads()).toContain("Theo");
  await expect.poll(() => text(`chain-${C100}-theo`)).toBe("4.0");
  await expect.poll(() => text(`chain-${C110}-theo`)).toBe("0.8");
  // 3.99 against 2 bid and 3.5 asked: to buy gains, to sell would cost.
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+0.5"]);
  await expect.poll(() => edges(P100)).toEqual(["+0.5", "−2.0"]);
  await expect
    .poll(() => ana.id(`chain-${C100}-ask`).getAttribute("title"))
    .toMatch(/^Edge \+0\.5 a unit for buying here/);
  await expect
    .poll(() => ana.id(`chain-${C100}-ask`).getAttribute("aria-label"))
    .toMatch(/buy, edge \+0\.5$/);
  await bo.ask("quote", { inst: X, bid: 109, bid_qty: 50, ask: 111, ask_qty: 50 });
  await expect.poll(() => text(`chain-${C110}-theo`)).toBe("4.0");
  await view(ana, "105", "10");
  await expect.poll(() => text("view-open")).toBe("105.0 ± 10.0");
  await expect.poll(() => text(`chain-${C100}-theo`)).toBe("7.0");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await ana.page.reload();
  await expect.poll(() => text("view-open")).toBe("105.0 ± 10.0");
  await expect.poll(() => edges(C100)).toEqual(["−5.0", "+3.5"]);
});

test("an edge moves with the price, no column with either, and a click trades at it", async () => {
  await view(ana, "100", "10");
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+0.5"]);
  const cell = () => ana.id(`chain-${C100}-ask`).boundingBox();
  const before = await cell();
  await bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 15, ask_qty: 15 });
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "−11.0"]);
  expect(await cell()).toEqual(before);
  await bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 3, ask_qty: 15 });
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+1.0"]);
  expect(await cell()).toEqual(before);
  await ana.chainSize(10);
  await ana.id(`chain-${C100}-ask`).click();
  await expect.poll(() => text(`chain-${C100}-position`)).toBe("+10");
  await expect.poll(async () => (await book(C100)).asks).toEqual([[3, 5]]);
  await picture("chain");
});

test("ladders mark the value, the ticket counts the edge", async () => {
  await ana.openLadder(C100);
  const row = ana.id(`ladder-${C100}`).getByTestId(`ladder-price-${priceKey(4)}`);
  await expect
    .poll(() => row.getByTestId("ladder-theo").getAttribute("aria-label"))
    .toBe("Your theoretical value 4.0");
  await expect.poll(() => row.getAttribute("title")).toMatch(/^Your theoretical value 4\.0/);
  await expect
    .poll(() => ana.id(`ladder-${X}`).getByTestId("ladder-theo").getAttribute("aria-label"))
    .toBe("Your theoretical value 100.0");
  await ana.id("ticket-side-buy").check({ force: true });
  await ana.id("ticket-price").fill("3");
  await ana.id("ticket-qty").fill("20");
  await expect.poll(() => text("ticket-edge")).toBe("+1.0 each, +19.79 in all");
  await ana.id("ticket-side-sell").check({ force: true });
  await expect.poll(() => text("ticket-edge")).toBe("−1.0 each, −19.79 in all");
  await picture("ladder");
  await expectAccessible(ana, "ladders");
});

test("an order beyond what an option can settle at is questioned, in the ticket and under the pointer", async () => {
  await ana.id("ticket-side-buy").check({ force: true });
  await ana.id("ticket-price").fill("100");
  await expect.poll(() => text("ticket-message")).toBe("");
  await ana.id("ticket-price").fill("100.5");
  const most = "Above what it can settle at within the bounds: 100.0 at most.";
  await expect.poll(() => text("ticket-message")).toBe(most);
  // What is offered there at three and less is worth having at any limit.
  await ana.id("ticket-qty").fill("5");
  await expect.poll(() => text("ticket-message")).toBe("");
  const dear = { inst: C110, side: "sell", price: 90.5, qty: 1 } as const;
  const { order_id } = (await bo.ask("order_new", dear)) as Message<"order_ack">;
  await ana.id(`chain-${C110}-ask`).hover();
  await expect
    .poll(() => text("hint"))
    .toMatch(/^Click: buy .* at 90\.5 \(settles at 90\.0 at most\)/);
  await bo.ask("cancel", { order_id });
  await ana.page.mouse.move(700, 3);
});

test("the grid quotes around the values of the view", async () => {
  await ana.id("hint").click();
  await ana.page.keyboard.press("v");
  await ana.id("quote-grid").waitFor();
  await expect.poll(() => ana.id("grid-from-view").isDisabled()).toBe(true);
  for (const inst of [C90, P90, C110]) await ana.id(`grid-${inst}-tick`).check();
  await ana.id("grid-width").fill("2");
  await ana.id("grid-size").fill("7");
  await ana.id("grid-from-view").click();
  await expect.poll(() => ana.id(`grid-${C90}-mid`).inputValue()).toBe("11.0");
  await picture("grid");
  await ana.id("grid-send").click();
  await expect.poll(() => text("grid-summary")).toBe("3 working");
  expect(await Promise.all([C90, P90, C110].map(book))).toEqual([
    { bids: [[10.5, 7]], asks: [[11.5, 7]] },
    { bids: [[0.5, 7]], asks: [[1.5, 7]] },
    { bids: [[0.5, 7]], asks: [[1.5, 7]] },
  ]);
  await ana.page.keyboard.press("v");
  // What one shows oneself has an edge, too, but nobody to gain it from.
  await view(ana, "120", "10");
  await expect.poll(() => edges(C90)).toEqual(["−19.5", "+18.5"]);
  const cell = (inst: number) => ana.page.locator(`td:has(> [data-testid="chain-${inst}-ask"])`);
  await expect.poll(() => cell(C90).getAttribute("class")).not.toMatch(/gain/);
  await expect.poll(() => cell(C100).getAttribute("class")).toMatch(/gain/);
});

test("columns are the trader's choice; a view that is cleared takes its own along", async () => {
  await ana.id("chain-choose").click();
  await ana.id("chain-column-delta").check();
  await ana.id("chain-column-edge").uncheck();
  await ana.page.keyboard.press("Escape");
  await view(ana, "100", "10");
  await expect.poll(() => text(`chain-${C100}-delta`)).toBe("+0.50");
  await expect.poll(() => text(`chain-${P100}-delta`)).toBe("−0.50");
  await expect.poll(() => ana.id(`chain-${C100}-ask-edge`).count()).toBe(0);
  await picture("delta");
  await ana.id("view-open").click();
  await ana.id("view-clear").click();
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => text("view-open")).toBe("My view");
  await expect.poll(() => heads()).toHaveLength(15);
  await expect.poll(() => ana.id("ladder-theo").count()).toBe(0);
});

test("in a narrow bright window and on a phone", async () => {
  for (const [size, name] of [
    [laptop, "1024"],
    [phone, "390"],
  ] as const) {
    const dee = await Person.open(browser, size, "light");
    await dee.join(link, `Dee${name}`);
    if (size === phone) await dee.id("view-chain").tap();
    await dee.id(`chain-${C100}-ask`).waitFor();
    await dee.id("view-open").click();
    await dee.id("view-sd").fill("12");
    await expect.poll(() => edges(C100, dee)).toEqual(["−2.8", "+1.8"]);
    await expectAccessible(dee, name);
    await dee.page.screenshot({ path: path.join(pictures, `theory-popover-${name}.png`) });
    await dee.id("view-sd").press("Enter");
    await expect.poll(() => dee.id("my-view").isVisible()).toBe(false);
    await dee.page.screenshot({ path: path.join(pictures, `theory-${name}.png`) });
    const { scrollWidth, clientWidth } = await dee.id("chain").evaluate((chain) => {
      const table = chain.querySelector("table")?.parentElement ?? chain;
      return { scrollWidth: table.scrollWidth, clientWidth: table.clientWidth };
    });
    expect(scrollWidth).toBe(clientWidth);
    expect(dee.faults).toEqual([]);
    await dee.close();
  }
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
