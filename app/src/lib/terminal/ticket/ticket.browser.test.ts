/** Tests the ticket: it shows an order's worst P&L at settlement, and the limit that the order would exceed. */

import { beforeEach, expect, test } from "vitest";
import {
  box,
  click,
  element,
  fill,
  fillTicket,
  id,
  isDisabled,
  openLadder,
  positionText,
  press,
  resize,
  text,
  ticket,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

let exchange: Exchange;
let host: Program;
let bo: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, host, bo, seat } = await openMarket({ tickValue: 2 }));
});
const book = (inst: number) => exchange.book(inst);

/** Lets Ana buy X at 100. */
async function hold(qty: number): Promise<void> {
  bo.ask("order_new", { inst: X, side: "sell", price: 100, qty });
  await ticket(X, "buy", "100", String(qty));
  await expect.poll(() => positionText(X)).toBe(`+${qty}`);
}

test("the ticket says what could be lost at settlement, and names the limit before the exchange does", async () => {
  await hold(20);
  bo.ask("order_new", { inst: 2, side: "sell", price: 4, qty: 10 });
  await openLadder(2);
  const worst = () => text("ticket-worst");
  await fillTicket("buy", "4", "10");
  await expect.poll(worst).toBe("unlimited loss if X falls");
  await openLadder(4);
  await fillTicket("sell", "4", "40");
  await expect.poll(worst).toBe("unlimited loss if X falls");
  // A call loses no more than it costs, without a position in X.
  bo.ask("order_new", { inst: X, side: "buy", price: 100, qty: 20 });
  await ticket(X, "sell", "100", "20");
  await expect.poll(() => positionText(X)).toBe("–");
  await openLadder(2);
  await fillTicket("buy", "4", "10");
  await expect.poll(worst).toMatch(/^[+\u2212][\d.,]+ at 90$/);
  const user_id = exchange.userId("Ana");
  host.ask("set_limits", { user_id, max_open_orders: 0 });
  await expect
    .poll(() => text("ticket-message"))
    .toMatch(/^You have 0 open orders, which is your limit/);
  await expect.poll(() => isDisabled("ticket-submit")).toBe(true);
  host.ask("set_limits", { user_id, max_open_orders: 500 });
  await click("ticket-submit");
  await expect.poll(() => positionText(2)).toBe("+10");
  expect(book(2).asks).toEqual([]);
});

test("the value says in which direction it goes by its word alone, without a sign beside it", async () => {
  const value = () => element("ticket-value").parentElement?.innerText;
  await fillTicket("buy", "99", "10");
  await expect.poll(value).toMatch(/^You pay\s+1,980\.00$/);
  await fillTicket("sell", "101", "10");
  await expect.poll(value).toMatch(/^You receive\s+2,020\.00$/);
});

test("the worst case is read in full in a narrow window, and moves nothing", async () => {
  seat.close();
  await Page.open(exchange, "Dee", { size: laptop, theme: "light" });
  const submit = () => box("ticket-submit").y;
  const worst = () => text("ticket-worst");
  for (const width of [1024, 880]) {
    await resize({ width, height: 768 });
    await openLadder(X);
    await fill("ticket-qty", "");
    await expect.poll(worst).toBe("–");
    const before = submit();
    await fillTicket("buy", "99", "10");
    await expect.poll(worst).toBe("unlimited loss if X falls");
    const cell = id("ticket-worst").element();
    expect([width, cell.scrollWidth - cell.clientWidth, submit()]).toEqual([width, 0, before]);
  }
  await click("ticket-submit");
  await expect.poll(() => book(X).bids).toEqual([[99, 60]]);
  await press("Escape");
  await expect.poll(() => book(X).bids).toEqual([[99, 50]]);
});
