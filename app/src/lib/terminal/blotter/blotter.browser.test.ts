/** Tests the chart, the tabs of the blotter, fills from before the page, and notices. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { chartDescription, drawn, ink } from "#lib/testing/chart.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  box,
  click,
  hover,
  id,
  ladderCell,
  move,
  openLadder,
  pointNowhere,
  positionText,
  press,
  shown,
  size,
  text,
  texts,
  ticket,
  wheel,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let bo: Program;
let cy: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, bo, cy, seat } = await openMarket());
});

test("the chart goes on with each trade, marks own fills, zooms, and follows the theme", async () => {
  await openLadder(X);
  await click(ladderCell(X, "bid", 99));
  await expect.poll(() => exchange.book(X).bids).toEqual([[99, 60]]);
  for (const qty of [20, 33]) cy.ask("order_new", { inst: X, side: "sell", price: 99, qty });
  await expect
    .poll(() => chartDescription())
    .toMatch(/^X trades\. 3 trades since .*: last 99, low 99,/);
  await expect.poll(() => ink("--text")).toBeGreaterThan(50);
  await expect.poll(() => ink("--bid")).toBeGreaterThan(10);
  expect(ink("--ask")).toBe(0);
  const canvas = id("chart").css("canvas").first().element();

  cy.ask("order_new", { inst: X, side: "buy", price: 100, qty: 2 });
  await expect.poll(() => text(ladderCell(X, "bid", 100))).toBe("2");
  await size(X, 2);
  await click(ladderCell(X, "ask", 100));
  await expect.poll(() => chartDescription()).toMatch(/ 4 trades since .*: last 100, low 99,/);
  await expect.poll(() => ink("--ask")).toBeGreaterThan(10);
  await expectAccessible();

  // While trading rests the line stays as it is.
  exchange.host.ask("session", { state: "paused" });
  await expect.poll(() => seat.room.session?.state).toBe("paused");
  await drawn();
  const whole = ink("--text");
  await hover("chart");
  await wheel(-800);
  await expect.poll(() => ink("--text")).not.toBe(whole);
  await id("chart").dblClick();
  await pointNowhere();
  await expect.poll(() => ink("--text")).toBe(whole);

  const surface = () => ink("--surface-1");
  const ground = surface();
  await click("theme");
  await expect.poll(surface).toBeGreaterThan(ground / 2);
  await expect.poll(() => ink("--bid")).toBeGreaterThan(10);
  await expectAccessible();
  await click("theme");
  // The chart goes on in the same canvas.
  await size(X, 10);
  expect(canvas.isConnected).toBe(true);
});

test("tabs are one stop: arrows go round, Home and End to the ends, and the panel is named by its tab", async () => {
  const tab = (name: string) => id(`tab-${name}`);
  const chosen = async () => {
    const list = page.getByRole("tablist", { name: "My trading and the market" });
    const is = list.css('[aria-selected="true"]');
    expect(texts(list.css('[tabindex="0"]'))).toEqual(texts(is));
    expect(is.element() === document.activeElement).toBe(true);
    const name = text(is);
    await shown(page.getByRole("tabpanel", { name, exact: true }));
    return name.replace(/\s+\d+$/, "");
  };
  await click(tab("orders"));
  for (const [key, name] of [
    ["ArrowLeft", "News"],
    ["ArrowRight", "Orders"],
    ["ArrowRight", "Positions"],
    ["End", "News"],
    ["Home", "Orders"],
  ] as const) {
    await press(key);
    await expect.poll(chosen).toBe(name);
  }
});

test("after a change of the tick old fills keep the price that they had, points in line", async () => {
  const inst = exchange.list("OLD", { tick_size: 0.25 });
  for (const price of [31.25, 31.5, 32]) bo.ask("order_new", { inst, side: "sell", price, qty: 3 });
  await ticket(inst, "buy", "32", "9");
  await expect.poll(() => positionText(inst)).toBe("+9");
  exchange.host.ask("update_tick_size", { instrument_id: inst, tick_size: 0.5 });
  await click(page.getByRole("tab", { name: "Fills" }));
  const rows = id("fill-row").filter({ hasText: "OLD" });
  await expect
    .poll(() => texts(rows).map((row) => /3\d\.\d+/.exec(row)?.[0]))
    .toEqual(["32.0", "31.5", "31.25"]);
  const points = rows.elements().map((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const at = /^\s*3\d\./.exec(node.textContent ?? "");
      if (at === null) continue;
      const range = document.createRange();
      range.setStart(node, at[0].length - 1);
      range.setEnd(node, at[0].length);
      return Math.round(range.getBoundingClientRect().x * 10);
    }
    return null;
  });
  expect(points[0]).not.toBeNull();
  expect(new Set(points).size).toBe(1);
  await click(page.getByRole("tab", { name: "Tape" }));
  await expect.poll(() => text(id("tape-row").nth(2))).toContain("31.25");
});

test("fills of one order are one message, which stays under the pointer", async () => {
  seat.close();
  stopClock();
  await Page.open(exchange, "Dee");
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toBe("50");
  await size(X, 3);
  await click(ladderCell(X, "bid", 100));
  await expect.poll(() => exchange.book(X).bids[0]).toEqual([100, 3]);
  cy.ask("order_new", { inst: X, side: "sell", price: 100, qty: 2 });
  const said = () => texts(page.getByRole("status").getByTestId("notice").css(".text"));
  await expect.poll(said).toEqual(["Bought 2 X at 100. 1 waiting at 100."]);
  const { x, y, height } = box("strip");
  await move(x + 40, y + height / 2);
  cy.ask("order_new", { inst: X, side: "sell", price: 100, qty: 1 });
  await expect.poll(said).toEqual(["Bought 3 X at 100."]);
  // A notice would be gone by then, were it not being read.
  await pass(6_000);
  expect(said()).toEqual(["Bought 3 X at 100."]);
  await pointNowhere();
  await pass(4_900);
  expect(said()).toEqual(["Bought 3 X at 100."]);
  await pass(200);
  await expect.poll(said).toEqual([]);
});
