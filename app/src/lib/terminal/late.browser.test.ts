/** Tests that who reloads, comes late or was away sees what everybody sees: high, low, volumes, last price and chart. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { chartDescription, longestLevel } from "#lib/testing/chart.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import { id, openLadder, press, shown, text, texts } from "#lib/testing/driver.ts";
import type { Exchange, Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";
import type { Message } from "#protocol";

let exchange: Exchange;
let bo: Program;
let cy: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, bo, cy, seat } = await openMarket());
});

function trade(price: number, qty: number, inst = X): void {
  cy.ask("order_new", { inst, side: "buy", price, qty });
  bo.ask("order_new", { inst, side: "sell", price, qty, tif: "IOC" });
}

/** Trades at the extremes first, then more than a page gets of single trades when it joins. */
function tradeLong(): void {
  bo.ask("cancel_all", {});
  for (const price of [104, 96, 101]) trade(price, 7);
  for (let i = 0; i < 150; i++) trade(99 + (i % 3), 1 + (i % 2));
}

/** Everything about past trades that the page shows: the ladder's prices, the chart, the list of instruments. */
function figures() {
  const rows = id(`ladder-${X}`).css('[data-col="price"]').elements();
  const prices = rows.flatMap((row) => {
    const title = row.getAttribute("title");
    return title === null
      ? []
      : [`${(row as HTMLElement).innerText.replace(/\s+/g, " ")}: ${title}`];
  });
  const head = text("chart-figures").replace(/\s+/g, " ").trim();
  return { prices, head, chart: chartDescription(), last: text(`last-${X}`) };
}
const settledFigures = async () => {
  await expect.poll(() => figures().prices.length).toBeGreaterThan(4);
  await expect.poll(chartDescription).toMatch(/trades since/);
  return figures();
};
const asked = () => seat.sentOf("get_history").map(({ inst }) => inst);

test("a page that is loaded anew shows the figures of one that was there from the start", async () => {
  tradeLong();
  await openLadder(X);
  await expect.poll(chartDescription).toMatch(/153 trades since .*: last 101, low 96, high 104\.$/);
  const before = await settledFigures();
  expect(before.prices.join("\n")).toMatch(/^H 104.*7 traded here$/m);
  expect(before.prices.join("\n")).toMatch(/^L 96.*7 traded here$/m);
  const history = exchange.host.ask("get_history", { inst: X }) as Message<"history">;
  for (const [price, qty] of history.by_price)
    expect(
      before.prices.some((row) => row.includes(`${price}`) && row.includes(`${qty} traded`)),
    ).toBe(true);
  const volume = history.by_price.reduce((sum, [, qty]) => sum + qty, 0);
  expect(before.head).toBe(`H 104 L 96 Vol ${volume}`);
  // Ladder and chart show the same instrument: it is asked for once.
  expect(asked()).toEqual([X]);

  await seat.reload();
  await openLadder(X);
  await expect.poll(figures).toEqual(before);

  trade(102, 5);
  await expect.poll(chartDescription).toMatch(/154 trades since .*: last 102, low 96, high 104\.$/);
  const after = await settledFigures();
  expect(after.prices.join("\n")).toMatch(/102.*5 traded here$/m);
  seat.close();
  await Page.open(exchange, "Dee");
  await openLadder(X);
  await expect.poll(figures).toEqual(after);
});

test("an instrument whose trades are long past has its chart, and only one without trades says so", async () => {
  trade(3, 4, 2);
  tradeLong();
  seat.close();
  await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
  await press("2");
  await expect.poll(() => text("shown-price")).toMatch(/3\.0$/);
  await expect
    .poll(() => texts("chart").length > 0 && chartDescription())
    .toMatch(/1 trade since .*: last 3\.0, low 3\.0, high 3\.0\.$/);
  await press("3");
  await shown(page.getByText("The chart begins with the first trade."));
});

test("after a gap in the line the figures are the room's again", async () => {
  tradeLong();
  await openLadder(X);
  await settledFigures();
  seat.isCut = true;
  seat.lines.at(-1)?.drop();
  for (const price of [94, 95]) trade(price, 3);
  for (let i = 0; i < 110; i++) trade(100, 2);
  seat.isCut = false;
  await expect.poll(chartDescription).toMatch(/265 trades since .*: last 100, low 94, high 104\.$/);
  await expect.poll(() => asked().length).toBe(2);
  await expect.poll(() => figures().prices.join("\n")).toMatch(/^L 94.*3 traded here$/m);
  const back = await settledFigures();
  await seat.reload();
  await openLadder(X);
  await expect.poll(figures).toEqual(back);
});

test("on the chart a lull is as long as it was, and the last price goes on until now", async () => {
  seat.close();
  stopClock();
  await Page.open(exchange, "Dee");
  trade(100, 1);
  await pass(1_000);
  trade(104, 1);
  await pass(57_000);
  trade(100, 1);
  await pass(2_000);
  await press("Tab");
  await expect.poll(longestLevel).toBeGreaterThan(0.9);
  await pass(60_000);
  await expect.poll(longestLevel).toBeLessThan(0.6);
  expect(longestLevel()).toBeGreaterThan(0.4);
});
