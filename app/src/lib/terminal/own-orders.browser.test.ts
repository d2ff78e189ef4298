/** Tests that own orders do not flatter: what a click would take, and what a position would make if it were closed. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  click,
  fillTicket,
  hover,
  ladderCell,
  positionText,
  shown,
  size,
  text,
  ticket,
} from "#lib/testing/driver.ts";
import type { Exchange, Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import type { Page } from "#lib/testing/page.ts";

/** The call struck at 100. */
const C100 = 4;

let exchange: Exchange;
let bo: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, bo, seat } = await openMarket());
});
const hint = () => text("hint");

test("a click's hint counts what others have, and says which own order goes", async () => {
  await size(X, 6);
  await click(ladderCell(X, "bid", 99));
  await expect.poll(() => exchange.book(X).bids).toEqual([[99, 56]]);
  await hover(ladderCell(X, "ask", 99));
  await expect.poll(hint).toBe("Click: sell 6 X at 99, hits up to 50 that others bid");
  await size(X, 60);
  await hover(ladderCell(X, "ask", 99));
  await expect
    .poll(hint)
    .toBe(
      "Click: sell 60 X at 99, hits up to 50 that others bid, 10 left waiting, cancels your bid of 6",
    );
  bo.ask("cancel_all", {});
  await expect.poll(hint).toBe("Click: sell 60 X at 99, joins the book, cancels your bid of 6");
  await fillTicket("sell", "99", "6");
  await expect.poll(() => text("ticket-message")).toMatch(/your bid of 6 in the way is cancelled/);
});

test("where a best price of the chain is all one's own, the hint says that a click sends nothing, and none is sent", async () => {
  await ticket(C100, "buy", "3", "6");
  await expect.poll(() => exchange.book(C100).bids).toEqual([[3, 6]]);
  const sent = seat.sent.length;
  await hover(`chain-${C100}-bid`);
  await expect.poll(hint).toMatch(/^Only your own order is at 3\.0: a click sends nothing/);
  await click(`chain-${C100}-bid`);
  await shown(page.getByText("Only your own order is at 3.0").first());
  expect(seat.sent).toHaveLength(sent);
  expect(exchange.book(C100).bids).toEqual([[3, 6]]);
});

test("a position says what closing it now makes, against others' orders and level by level", async () => {
  await fillTicket("buy", "101", "30");
  await click("ticket-submit");
  await expect.poll(() => positionText(X)).toBe("+30");
  await click(page.getByRole("tab", { name: /^Positions/ }));
  await expect.poll(() => text(`out-now-${X}`)).toMatch(/out now\s+−60\.00/);
  expect(attribute(`out-now-${X}`, "title")).toMatch(/sell all 30 now: at 99 on average/);
  // Bidding one lot above the others moves the mark, and not the result of closing.
  await size(X, 1);
  await click(ladderCell(X, "bid", 100));
  await expect.poll(() => exchange.book(X).bids[0]).toEqual([100, 1]);
  await expect.poll(() => text(`out-now-${X}`)).toMatch(/out now\s+−60\.00/);
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 10, ask: 103, ask_qty: 5 });
  await expect.poll(() => text(`out-now-${X}`)).toMatch(/out now\s+only 10 of 30/);
  const deep = { inst: X, side: "buy", price: 97, qty: 20 } as const;
  bo.ask("order_new", deep);
  await expect.poll(() => text(`out-now-${X}`)).toMatch(/out now\s+−100\.00/);
  await expectAccessible();
  exchange.host.ask("halt", { inst: X, on: true });
  await expect.poll(() => text(`out-now-${X}`)).toMatch(/out now\s+–$/);
});
