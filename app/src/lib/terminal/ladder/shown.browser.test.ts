/** Tests the contents of a ladder: sizes and their changes, high and low, queue positions, P&L, and its settings. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  box,
  check,
  click,
  count,
  gone,
  hover,
  id,
  ladderCell,
  ladderPrice,
  positionText,
  press,
  shown,
  text,
  ticket,
  uncheck,
  value,
  wheel,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { type Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let bo: Program;
let cy: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, bo, cy, seat } = await openMarket());
});
const book = (inst = X) => exchange.book(inst);
const bids = () => book().bids;

const sizeField = () => id(`ladder-${X}`).getByTestId(`size-${X}`);
const options = async (set: () => Promise<void>) => {
  await click(`ladder-options-${X}`);
  await set();
  await press("Escape");
  await gone("ladder-options");
};

/** Lets Ana buy X at 100. */
async function hold(qty: number): Promise<void> {
  bo.ask("order_new", { inst: X, side: "sell", price: 100, qty });
  await ticket(X, "buy", "100", String(qty));
  await expect.poll(() => positionText(X)).toBe(`+${qty}`);
}

test("the size comes from the position, from presets added up and from the wheel, and goes back if asked", async () => {
  await hold(13);
  await click(`ladder-position-${X}`);
  await expect.poll(() => value(sizeField())).toBe("13");
  await id(`ladder-${X}`)
    .getByTestId("size-preset-3")
    .click({ modifiers: ["Shift"] });
  await expect.poll(() => value(sizeField())).toBe("23");
  await hover(sizeField());
  for (const by of [-100, -100, 100]) await wheel(by);
  await expect.poll(() => value(sizeField())).toBe("24");
  await click(ladderCell(X, "bid", 97));
  await expect.poll(() => bids()[1]).toEqual([97, 24]);
  await expect.poll(() => value(sizeField())).toBe("24");
  await options(() => check("first-size"));
  await click(ladderCell(X, "bid", 96));
  await expect.poll(() => bids()[2]).toEqual([96, 24]);
  await expect.poll(() => value(sizeField())).toBe("1");
  await click(ladderCell(X, "bid", 96));
  await expect.poll(() => bids()[2]).toEqual([96, 25]);
  await options(() => uncheck("first-size"));
});

test("the price column marks high and low, and points to an average price out of sight", async () => {
  await hold(20);
  for (const price of [103, 94]) {
    bo.ask("cancel_all", {});
    bo.ask("order_new", { inst: X, side: "buy", price, qty: 2 });
    cy.ask("order_new", { inst: X, side: "sell", price, qty: 2 });
  }
  await expect.poll(() => text(ladderPrice(X, 94))).toMatch(/^L\s/);
  await expect.poll(() => attribute(ladderPrice(X, 94), "title")).toMatch(/Lowest trade.*2 traded/);
  const top = id(`ladder-${X}-average-above`);
  await hover(ladderCell(X, "bid", 97));
  for (let i = 0; i < 8; i++) await wheel(100);
  await expect.poll(() => text(top)).toMatch(/^▲ avg \d/);
  await click(top);
  await expect.poll(() => count(top)).toBe(0);
  await expect.poll(() => text(ladderPrice(X, 94))).toMatch(/L/);
});

test("changes of sizes stand beside them for a while, and move nothing", async () => {
  await options(() => check("changes"));
  const place = () => box(`ladder-${X}`);
  const cell = ladderCell(X, "bid", 99);
  const [before, whole] = [box(cell), place()];
  cy.ask("order_new", { inst: X, side: "buy", price: 99, qty: 7 });
  await expect.poll(() => text(cell)).toMatch(/^\+7\s*57$/);
  cy.ask("order_new", { inst: X, side: "buy", price: 98, qty: 3 });
  cy.ask("cancel_all", {});
  await expect.poll(() => text(cell)).toMatch(/^50$/);
  expect([box(cell), place()]).toEqual([before, whole]);
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 1234, ask: 101, ask_qty: 20 });
  await expect.poll(() => text(cell)).toMatch(/^\+1.1k\s*1,234$/);
  await expect.poll(() => text(ladderCell(X, "ask", 101))).toMatch(/^\u221230\s*20$/);
  await expectAccessible();
  await expect.poll(() => text(cell)).toBe("1,234");
  await options(() => uncheck("changes"));
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(() => text(cell)).toBe("50");
});

test("the P&L shows money, ticks or percent, and remembers which", async () => {
  await hold(20);
  const pnl = id(`ladder-pnl-${X}`);
  const money = /^[+\u2212]?[\d,]+\.\d\d$/;
  await expect.poll(() => text(pnl)).toMatch(money);
  await expect.poll(() => attribute(pnl, "title")).toMatch(/^P&L in money/);
  await click(pnl);
  await expect.poll(() => text(pnl)).toMatch(/^[+\u2212]?\d+\.\d t$/);
  await click(pnl);
  await expect.poll(() => text(pnl)).toMatch(/%$/);
  await seat.reload();
  await shown("terminal");
  await expect.poll(() => text(pnl)).toMatch(/%$/);
  await expect.poll(() => attribute(pnl, "title")).toMatch(/^P&L in percent/);
  await click(pnl);
  await expect.poll(() => text(pnl)).toMatch(money);
});

test("an own order shows about how much stands ahead of it: trades take from that, later orders do not add", async () => {
  const ahead = () => id("ladder-1").getByTestId("ladder-my-bid-99000000-ahead");
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toBe("50");
  await click(ladderCell(X, "bid", 99));
  await expect.poll(() => text(ahead())).toBe("50");
  await expect.poll(() => attribute(ahead(), "title")).toMatch(/About 50 ahead.*estimate/);
  expect(book(X).bids).toEqual([[99, 60]]);
  bo.ask("order_new", { inst: X, side: "buy", price: 99, qty: 30 });
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toBe("90");
  await expect.poll(() => text(ahead())).toBe("50");
  cy.ask("order_new", { inst: X, side: "sell", price: 99, qty: 20 });
  await expect.poll(() => text(ahead())).toBe("30");
  cy.ask("order_new", { inst: X, side: "sell", price: 99, qty: 33 });
  await expect.poll(() => positionText(X)).toBe("+3");
  await expect.poll(() => text(ahead())).toBe("0");
});

test("sizes add up outwards on request, by key and by the ladder's options, and it is remembered", async () => {
  bo.ask("order_new", { inst: X, side: "buy", price: 97, qty: 5 });
  const sum = () => text(ladderCell(X, "bid", 97));
  await expect.poll(sum).toBe("5");
  await press("d");
  await expect.poll(sum).toBe("55");
  await seat.reload();
  await shown("terminal");
  await expect.poll(sum).toBe("55");
  await click(`ladder-options-${X}`);
  await uncheck("cumulative");
  await expect.poll(sum).toBe("5");
});

test("a market wider than the window is pinned at the edges, and a press goes there", async () => {
  bo.ask("quote", { inst: X, bid: 40, bid_qty: 7, ask: 160, ask_qty: 1_234 });
  const pins = { bid: id(`ladder-${X}-pin-buy`), ask: id(`ladder-${X}-pin-sell`) };
  await expect.poll(() => text(pins.ask)).toMatch(/1,234\s*▲ 160/);
  expect(text(pins.bid)).toMatch(/7\s*▼ 40/);
  await expectAccessible();
  // They cover the first and the last row, and move none.
  const rows = () =>
    id(`ladder-${X}`)
      .getByRole("row")
      .elements()
      .map((row) => row.getBoundingClientRect());
  const before = rows();
  expect(box(pins.ask)).toMatchObject({ y: before[0]!.y, height: before[0]!.height });
  expect(box(pins.bid)).toMatchObject({ y: before.at(-1)!.y, height: before.at(-1)!.height });
  await click(pins.ask);
  await expect.poll(() => text(ladderCell(X, "ask", 160))).toBe("1,234");
  await gone(pins.ask);
  expect(rows()).toEqual(before);
  await click(pins.bid);
  await expect.poll(() => text(ladderCell(X, "bid", 40))).toBe("7");
});

test("ticks are grouped by choice, sizes add up, a click uses the price on the row, and the choice is kept", async () => {
  bo.ask("quote", { inst: X, bid: 461, bid_qty: 7, ask: 543, ask_qty: 5 });
  cy.ask("order_new", { inst: X, side: "buy", price: 469, qty: 3 });
  await id(`ladder-group-${X}`).selectOptions("/ 20");
  await expect.poll(() => text(ladderCell(X, "bid", 460))).toBe("10");
  await expect.poll(() => text(ladderCell(X, "ask", 560))).toBe("5");
  await expect
    .poll(() => text(id(`ladder-${X}`).css('.columns[aria-hidden="true"]')))
    .toContain("Price / 20");
  await hover(ladderCell(X, "bid", 480));
  await expect
    .poll(() => text("hint"))
    .toMatch(
      /buy 10 X at 480, joins the book · the row adds up 480 to 499, the order goes at the price shown/,
    );
  await click(ladderCell(X, "bid", 480));
  await expect.poll(bids).toContainEqual([480, 10]);
  await expect.poll(() => text(ladderCell(X, "my-bid", 480))).toMatch(/10/);
  await seat.reload();
  await expect.poll(() => text(ladderCell(X, "bid", 480))).toBe("10");
  await click(ladderCell(X, "my-bid", 480));
  await expect.poll(bids).not.toContainEqual([480, 10]);
  await expectAccessible();
});
