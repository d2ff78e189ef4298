/**
 * Tests the mouse on a ladder: buttons, second size, wheel, the hint before each press, and a ladder that moves by
 * itself.
 */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { commands } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  box,
  choose,
  click,
  count,
  fill,
  focusLadder,
  gone,
  hover,
  id,
  isChecked,
  ladderCell,
  middle,
  pointNowhere,
  press,
  pressIn,
  rightClick,
  shown,
  size,
  text,
  value,
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
const book = (inst = X) => exchange.book(inst);
const asks = () => book().asks;
const bids = () => book().bids;
const hint = () => text("hint");

const options = async (set: () => Promise<void>) => {
  await click(`ladder-options-${X}`);
  await set();
  await press("Escape");
  await gone("ladder-options");
};

test("by buttons the left one buys and the right one sells, anywhere in the book; it says so and remembers", async () => {
  const live = () => text(`mouse-live-${X}`);
  await expect.poll(live).toBe("Mouse: by column");
  await options(async () => {
    await choose("second-size", "Trades size 25");
    await choose("mouse-scheme", "Left buys, right sells");
    await expect.poll(() => count("second-size")).toBe(0);
    await expectAccessible("options");
  });
  await expect.poll(live).toBe("Left buys, right sells");
  await hover(ladderCell(X, "ask", 97));
  await expect
    .poll(hint)
    .toBe("Left: buy 10 X at 97, joins the book · right: sell 10, hits up to 50 that others bid");
  await click(ladderCell(X, "ask", 97));
  await expect.poll(bids).toEqual([
    [99, 50],
    [97, 10],
  ]);
  await rightClick(ladderCell(X, "bid", 103));
  await expect.poll(asks).toEqual([
    [101, 50],
    [103, 10],
  ]);
  // The right button still opens the editor on own orders, and the left one cancels them.
  await rightClick(ladderCell(X, "my-ask", 103).css(".working"));
  await fill("amend-price", "104");
  await pressIn("amend-price", "Enter");
  await expect.poll(() => asks()[1]).toEqual([104, 10]);
  await click(ladderCell(X, "my-bid", 97).css(".working"));
  await expect.poll(bids).toEqual([[99, 50]]);

  await seat.reload();
  await shown("terminal");
  await expect.poll(live).toBe("Left buys, right sells");
  // While trading is locked, both buttons only fill the ticket.
  await press("l");
  await hover(ladderCell(X, "ask", 98));
  await expect.poll(hint).toMatch(/^Locked: the left button .* buy .* right one a sell/);
  await rightClick(ladderCell(X, "bid", 102));
  await expect.poll(() => value("ticket-price")).toBe("102");
  await expect.poll(() => isChecked("ticket-side-sell")).toBe(true);
  await click(ladderCell(X, "ask", 98));
  await expect.poll(() => value("ticket-price")).toBe("98");
  await expect.poll(() => isChecked("ticket-side-buy")).toBe(true);
  await pointNowhere();
  await press("l");
  expect(book()).toEqual({
    bids: [[99, 50]],
    asks: [
      [101, 50],
      [104, 10],
    ],
  });
  // The column decides the side for keys.
  await focusLadder(X);
  for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await press(key);
  await expect.poll(hint).toBe("Click: sell 10 X at 100, joins the book");
  await press("Enter");
  await expect.poll(() => asks()[0]).toEqual([100, 10]);
  await options(() => choose("mouse-scheme", "By column"));
  await expect.poll(live).toBe("Mouse: by column, right 25");
  await options(() => choose("second-size", "The browser's menu"));
});

test("the right button trades a second size on prices, and is the browser's everywhere else", async () => {
  await options(async () => {
    await choose("second-size", "Trades size 25");
    await expectAccessible();
  });
  const taken: boolean[] = [];
  const listen = (event: Event) => void taken.push(event.defaultPrevented);
  window.addEventListener("contextmenu", listen);
  await hover(ladderCell(X, "bid", 96));
  await expect
    .poll(() => text("hint"))
    .toBe("Click: buy 10 X at 96, joins the book · right button: 25");
  await rightClick(ladderCell(X, "bid", 96));
  await expect.poll(() => book(X).bids.at(-1)).toEqual([96, 25]);
  await click(ladderCell(X, "bid", 96));
  await expect.poll(() => book(X).bids.at(-1)).toEqual([96, 35]);
  const before = book(X);
  await rightClick(id(`ladder-${X}`).getByTestId("ladder-price-95000000"));
  await rightClick("my-name");
  await expect.poll(() => taken).toEqual([true, false, false]);
  expect(book(X)).toEqual(before);
  await options(() => choose("second-size", "The browser's menu"));
  await rightClick(ladderCell(X, "bid", 95));
  await expect.poll(() => taken).toEqual([true, false, false, false]);
  expect(book(X)).toEqual(before);
  window.removeEventListener("contextmenu", listen);
});

test("what a click would do is said anew under a resting pointer: market, size, lock and scroll", async () => {
  const hint = () => text("hint");
  bo.ask("cancel_all", {});
  await expect.poll(() => book(X)).toEqual({ bids: [], asks: [] });
  bo.ask("quote", { inst: X, bid: 95, bid_qty: 5, ask: 103, ask_qty: 7 });
  await size(X, 10);
  await hover(ladderCell(X, "bid", 101));
  await expect.poll(hint).toBe("Click: buy 10 X at 101, joins the book");
  cy.ask("order_new", { inst: X, side: "sell", price: 101, qty: 3 });
  await expect
    .poll(hint)
    .toBe("Click: buy 10 X at 101, takes up to 3 that others offer, 7 left waiting");
  await press("2");
  await expect
    .poll(hint)
    .toBe("Click: buy 5 X at 101, takes up to 3 that others offer, 2 left waiting");
  await press("l");
  await expect.poll(hint).toMatch(/^Locked/);
  await press("l");
  await wheel(100);
  await expect.poll(hint).toBe("Click: buy 5 X at 99, joins the book");
  await commands.pressMouse();
  await expect.poll(() => book(X).bids[0]).toEqual([99, 5]);
  exchange.host.ask("halt", { inst: X, on: true });
  await expect.poll(hint).toMatch(/halted/);
  exchange.host.ask("halt", { inst: X, on: false });
  await pointNowhere();
  await expect.poll(hint).toMatch(/^Point at a price/);
  bo.ask("quote", { inst: X, bid: 94, bid_qty: 5, ask: 103, ask_qty: 7 });
  await expect.poll(() => text(ladderCell(X, "bid", 94))).toBe("5");
  await expect.poll(hint).toMatch(/^Point at a price/);
});

test("by the clock the prices recentre with a notice, never under the pointer nor just after scrolling", async () => {
  seat.close();
  stopClock();
  await Page.open(exchange, "Eve");
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toBe("50");
  const place = (price: number) => box(ladderCell(X, "bid", price)).y;
  await size(X, 10);
  await click(`recentre-${X}`);
  await pointNowhere();
  const before = place(100);
  await options(() => choose("recentre-every", "Every 5 seconds"));
  await pointNowhere();
  await expect.poll(() => text(`ladder-${X}`)).toContain("◎ every 5 s");
  // The market is three ticks from the middle and far from an edge. The clock waits while the pointer is on the rows.
  await hover(ladderCell(X, "bid", 98));
  bo.ask("quote", { inst: X, bid: 102, bid_qty: 50, ask: 104, ask_qty: 50 });
  await expect.poll(() => text(ladderCell(X, "bid", 102))).toBe("50");
  await pass(5_000);
  expect(count(id(`ladder-${X}`).css(".due"))).toBe(0);
  expect(place(100)).toBe(before);
  // A frame warns; then the ladder recentres on the new mid.
  await pointNowhere();
  await expect.poll(() => count(id(`ladder-${X}`).css(".due"))).toBe(1);
  expect(place(100)).toBe(before);
  const cell = middle(box(ladderCell(X, "bid", 100)));
  await pass(600);
  await expect.poll(() => place(103)).toBe(before);
  // A press right after a move does not count, and a notice says so.
  await commands.clickMouse(...cell, 1);
  await shown(page.getByText("The ladder had just moved").first());
  expect(bids()).toEqual([[102, 50]]);
  await pass(350);
  await click(ladderCell(X, "bid", 103));
  await expect.poll(() => bids()[0]).toEqual([103, 10]);
});
