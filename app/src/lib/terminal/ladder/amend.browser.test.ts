/**
 * Tests moving, changing and cancelling own orders on a ladder, by keys and the right button: the exchange's book is
 * checked.
 */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  check,
  click,
  count,
  fill,
  focusLadder,
  id,
  ladderCell,
  openLadder,
  press,
  pressIn,
  rightClick,
  shown,
  size,
  text,
  value,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

let exchange: Exchange;
let bo: Program;
let seat: Page;
beforeEach(async () => {
  ({ exchange, bo, seat } = await openMarket());
});
const book = (inst = X) => exchange.book(inst);
const bids = () => book().bids;
const hint = () => text("hint");

test("Shift with the arrows moves an own order by ticks, and takes no other along", async () => {
  await click(ladderCell(X, "bid", 98));
  await click(ladderCell(X, "bid", 96));
  await expect.poll(bids).toEqual([
    [99, 50],
    [98, 10],
    [96, 10],
  ]);
  await focusLadder(X);
  for (const key of ["ArrowLeft", "ArrowDown"]) await press(key);
  await expect.poll(hint).toMatch(/your bid of 10 at 98.*Shift/);
  for (let i = 0; i < 3; i++) await press("Shift+ArrowDown");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 10],
    [95, 10],
  ]);
  await press("Shift+ArrowUp");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 20],
  ]);
  await expect.poll(() => text(ladderCell(X, "my-bid", 96))).toMatch(/20/);
  await press("ArrowUp");
  await press("Shift+ArrowUp");
  await expect.poll(bids).toEqual([
    [99, 50],
    [96, 20],
  ]);
});

test("the right button on an own order opens it to be changed; Enter sends, Escape closes", async () => {
  await click(ladderCell(X, "ask", 103));
  await expect.poll(() => book(X).asks[1]).toEqual([103, 10]);
  await rightClick(ladderCell(X, "my-ask", 103));
  await shown("ladder-editor");
  await expectAccessible();
  await pressIn("amend-price", "Escape");
  await expect.poll(() => count("ladder-editor")).toBe(0);
  expect(book(X).asks[1]).toEqual([103, 10]);
  await rightClick(ladderCell(X, "my-ask", 103));
  await fill("amend-price", "105");
  await fill("amend-qty", "7");
  await pressIn("amend-qty", "Enter");
  await expect.poll(() => book(X).asks.slice(1)).toEqual([[105, 7]]);
  await expect.poll(() => count("ladder-editor")).toBe(0);
  // The editor closes when its order is filled.
  await rightClick(ladderCell(X, "my-ask", 105));
  await shown("ladder-editor");
  bo.ask("order_new", { inst: X, side: "buy", price: 105, qty: 7 });
  await expect.poll(() => count("ladder-editor")).toBe(0);
});

test("so does the key M, with a choice where there are several; the cursor stays where it was", async () => {
  await click(ladderCell(X, "bid", 98));
  await expect.poll(() => bids()[1]).toEqual([98, 10]);
  await size(X, 4);
  await click(ladderCell(X, "bid", 98));
  await expect.poll(() => bids()[1]).toEqual([98, 14]);
  await focusLadder(X);
  for (const key of ["ArrowLeft", "ArrowDown", "m"]) await press(key);
  await expect.poll(() => value("amend-qty")).toBe("4");
  await id("ladder-editor-order").selectOptions(id("ladder-editor-order").css("option").first());
  await expect.poll(() => value("amend-qty")).toBe("10");
  await expectAccessible();
  await fill("amend-qty", "6");
  await pressIn("amend-qty", "Enter");
  await expect.poll(() => bids()[1]).toEqual([98, 10]);
  // The order goes there only when the change is answered.
  await expect.poll(() => text(ladderCell(X, "my-bid", 98).css(".working"))).toBe("10");
  await expect.poll(() => count(ladderCell(X, "my-bid", 98).css(".coming"))).toBe(0);
  await press("Shift+ArrowDown");
  await expect.poll(() => bids()[1]).toEqual([97, 10]);
});

test("a cancelled order is struck where it was, and then gone", async () => {
  await click(ladderCell(X, "bid", 97));
  await expect.poll(() => bids()[1]).toEqual([97, 10]);
  const cell = ladderCell(X, "my-bid", 97);
  await click(cell.css(".working"));
  await expect.poll(bids).toEqual([[99, 50]]);
  const struck = cell.css(".gone");
  await shown(struck);
  expect([text(struck), attribute(struck, "title")]).toEqual(["10", "Cancelled 10"]);
  await expect.poll(() => text(cell)).toBe("");
});

test("in a narrow bright window the editor and all options have their room, and Escape closes one thing at a time", async () => {
  seat.close();
  await Page.open(exchange, "Dee", { size: laptop, theme: "light" });
  await openLadder(X);
  await click(`ladder-options-${X}`);
  for (const option of ["changes", "cumulative", "first-size"]) await check(option);
  await expectAccessible("options");
  await press("Escape");
  await size(X, 3);
  await click(ladderCell(X, "bid", 96));
  await expect.poll(() => bids()[1]).toEqual([96, 3]);
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 1750, ask: 101, ask_qty: 20 });
  await rightClick(ladderCell(X, "my-bid", 96));
  await shown("ladder-editor");
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toMatch(/^\+/);
  await expectAccessible("editor");
  // The first Escape closes the editor; the next cancels the orders.
  await press("Escape");
  await expect.poll(() => count("ladder-editor")).toBe(0);
  expect(bids()[1]).toEqual([96, 3]);
  await press("Escape");
  await expect.poll(bids).toHaveLength(1);
});
