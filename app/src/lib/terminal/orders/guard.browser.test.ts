/**
 * Tests the guard on every way on which a press sends an order: one press is one order, an unusual one waits for its
 * second press, and the rest of a taken price does what was said before.
 */

import { beforeEach, expect, test } from "vitest";
import { commands } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  attribute,
  box,
  check,
  choose,
  click,
  count,
  element,
  fill,
  fillTicket,
  gone,
  hover,
  id,
  ladderCell,
  middle,
  openLadder,
  pointNowhere,
  press,
  pressIn,
  rightClick,
  shown,
  size,
  text,
  texts,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { type Page } from "#lib/testing/page.ts";

const CALL = 4;
let exchange: Exchange;
let host: Program;
let bo: Program;
let seat: Page;
beforeEach(async () => {
  stopClock();
  ({ exchange, host, bo, seat } = await openMarket());
});
const orders = () => seat.sentOf("order_new").map(({ op: _, cid: __, ...order }) => order);
const hint = () => text("hint");
const bids = () => exchange.book(X).bids;
/** Presses once more, without the waits of a click, in which the stopped clock goes on. */
const pressAgain = (what: Parameters<typeof box>[0]) =>
  commands.clickMouse(...middle(box(what)), 1);

test("a click of an unusual size waits for its second; line and ladder say why", async () => {
  await size(X, 500);
  await click(ladderCell(X, "bid", 98));
  const question = "Press again: 500 is above your guard of 100.";
  await expect.poll(hint).toBe(question);
  await expect.poll(() => text("ladder-refusal")).toBe(question);
  expect(orders()).toEqual([]);
  await expectAccessible("asked");
  // Another price is another order, which asks for itself.
  await click(ladderCell(X, "bid", 97));
  await expect.poll(hint).toBe(question);
  await pass(2_000);
  await expect.poll(hint).not.toBe(question);
  await click(ladderCell(X, "bid", 98));
  expect(orders()).toEqual([]);
  await pressAgain(ladderCell(X, "bid", 98));
  await expect.poll(bids).toEqual([
    [99, 50],
    [98, 500],
  ]);
  expect(orders()).toHaveLength(1);
});

test("a double click does not confirm", async () => {
  await size(X, 500);
  const [x, y] = middle(box(ladderCell(X, "bid", 98)));
  await commands.clickMouse(x, y, 2);
  await expect.poll(hint).toMatch(/^Press again/);
  expect(orders()).toEqual([]);
});

test("a limit far through the market is asked about; to wait far from it is not", async () => {
  await openLadder(X);
  await fillTicket("buy", "80", "5");
  await click("ticket-submit");
  await expect.poll(bids).toContainEqual([80, 5]);
  await fillTicket("buy", "120", "5");
  await click("ticket-submit");
  expect(text("ticket-submit")).toBe("Press again");
  expect(text("ticket-message")).toBe("Press again: 120 is 19 ticks above the best ask of 101.");
  expect(orders()).toHaveLength(1);
  await pressAgain("ticket-submit");
  await expect.poll(() => exchange.held("Ana")).toEqual({ [X]: 5 });
  expect(orders()).toHaveLength(2);
});

test("a large order at the market tells average and worst price, and is sent once by a held Enter", async () => {
  bo.ask("order_new", { inst: X, side: "sell", price: 140, qty: 500 });
  await openLadder(X);
  await fillTicket("buy", "101", "200");
  await check("ticket-type-market");
  await expect.poll(() => text("ticket-message")).toBe("about 130.25 each, 140 at worst");
  element("ticket-qty").focus();
  await commands.holdKey("Enter", 6);
  // At once: the stopped clock goes on in polls.
  expect(text("ticket-message")).toBe(
    "Press again: 200 is above your guard of 100; at the market about 130.25 each, 140 at worst, 39 ticks from the best price.",
  );
  expect(orders()).toEqual([]);
  await commands.holdKey("Enter", 6);
  await expect.poll(() => exchange.held("Ana")).toEqual({ [X]: 200 });
  expect(orders()).toEqual([{ inst: X, side: "buy", qty: 200, type: "market" }]);
});

test("a held Enter is one order: in the ticket, on its button, on a ladder and on the chain", async () => {
  bo.ask("quote", { inst: CALL, bid: 4, bid_qty: 90, ask: 5, ask_qty: 90 });
  await openLadder(X);
  await fillTicket("buy", "90", "1");
  element("ticket-price").focus();
  await commands.holdKey("Enter", 6);
  await expect.poll(() => orders().length).toBe(1);
  element("ticket-submit").focus();
  await commands.holdKey("Enter", 6);
  await expect.poll(() => orders().length).toBe(2);
  await shown(`chain-${CALL}-ask`);
  element(`chain-${CALL}-ask`).focus();
  await commands.holdKey("Enter", 6);
  await expect.poll(() => orders().length).toBe(3);
  for (const key of ["x", "q", "z"]) {
    const before = seat.sent.length;
    await pressIn(id(`ladder-${X}`).getByRole("grid"), "ArrowRight");
    await commands.holdKey(key, 6);
    await expect.poll(() => seat.sent.length).toBe(before + 1);
  }
});

test("a taken price says what becomes of the rest, before and after; a setting lets it wait", async () => {
  bo.ask("quote", { inst: CALL, bid: 4, bid_qty: 1, ask: 5, ask_qty: 1 });
  const ask = `chain-${CALL}-ask`;
  await shown(ask);
  await hover(ask);
  await expect.poll(hint).toMatch(/^Click: buy 1 of 10 X 100C at 5\.0, 9 cancelled/);
  await click(ask);
  await expect.poll(() => orders().length).toBe(1);
  await expect.poll(() => exchange.held("Ana")).toEqual({ [CALL]: 1 });
  await expect.poll(() => text("notice")).toMatch(/Bought 1 X 100C at 5\.0\. 9 cancelled\./);
  expect(count("notice-act")).toBe(0);
  expect(orders().at(-1)).toMatchObject({ tif: "IOC" });
  expect(exchange.book(CALL).bids).toEqual([[4, 1]]);

  await click(`ladder-options-${X}`);
  await choose("taking-rest", "Waits in the book");
  await expectAccessible("settings");
  await press("Escape");
  await gone("ladder-options");
  bo.ask("quote", { inst: CALL, bid: 4, bid_qty: 1, ask: 5, ask_qty: 1 });
  await hover(ask);
  await expect.poll(hint).toMatch(/9 left waiting/);
  await click(ask);
  await expect
    .poll(() => exchange.book(CALL).bids)
    .toEqual([
      [5, 9],
      [4, 1],
    ]);
  await expect.poll(() => text("notice-act")).toBe("Cancel 9");
  await click("notice-act");
  await expect.poll(() => exchange.book(CALL).bids).toEqual([[4, 1]]);
});

test("a drag says when it would trade, waits for a second press where it is unusual, and follows a halt", async () => {
  await click(ladderCell(X, "bid", 98));
  const own = (price: number) => ladderCell(X, "my-bid", price).css(".working");
  await shown(own(98));
  const at = (price: number) => middle(box(ladderCell(X, "my-bid", price)));
  await commands.startDrag(at(98), at(102));
  await expect.poll(hint).toBe("Release: move your bid of 10 to 102, would trade 10 at 101");
  host.ask("halt", { inst: X, on: true });
  await expect.poll(hint).toMatch(/^Release: leave the order where it is\. X is halted/);
  await commands.releaseMouse();
  await expect.poll(hint).not.toMatch(/^Release/);
  expect(seat.sentOf("replace")).toEqual([]);
  host.ask("halt", { inst: X, on: false });

  // The guard of this trader is one tick.
  await click(`ladder-options-${X}`);
  await fill("guard-ticks", "0");
  await fill("guard-percent", "0");
  // Escape in a changed field would put it back.
  await press("Shift+Tab");
  await press("Escape");
  await gone("ladder-options");
  await commands.startDrag(at(98), at(102));
  await commands.releaseMouse();
  await expect.poll(hint).toBe("Press again: 102 is 1 tick above the best ask of 101.");
  expect(seat.sentOf("replace")).toEqual([]);
  await commands.clickMouse(...at(102), 1);
  await expect.poll(() => exchange.held("Ana")).toEqual({ [X]: 10 });
  expect(seat.sentOf("replace")).toHaveLength(1);
});

test("an order that goes while it is dragged is let go, and said to be gone", async () => {
  await click(ladderCell(X, "bid", 98));
  await shown(ladderCell(X, "my-bid", 98).css(".working"));
  const at = (price: number) => middle(box(ladderCell(X, "my-bid", price)));
  await commands.startDrag(at(98), at(97));
  await expect.poll(hint).toMatch(/^Release: move/);
  host.ask("pull_quotes", { inst: X });
  await expect.poll(hint).not.toMatch(/^Release/);
  await commands.releaseMouse();
  await expect.poll(() => texts("notice").join()).toMatch(/moving is gone/);
  expect(seat.sentOf("replace")).toEqual([]);
});

test("a change says when it would trade, and keys wait when its order goes under it", async () => {
  await click(ladderCell(X, "bid", 98));
  await rightClick(ladderCell(X, "my-bid", 98).css(".working"));
  await fill("amend-price", "101");
  await expect.poll(() => text("amend-message")).toBe("Would trade 10 at 101.");
  await fill("amend-qty", "500");
  await pressIn("amend-qty", "Enter");
  await expect
    .poll(() => text("amend-message"))
    .toBe("Press again: 500 is above your guard of 100.");
  await fill("amend-qty", "5");
  const before = seat.sent.length;
  bo.ask("order_new", { inst: X, side: "sell", price: 98, qty: 60 });
  await expect.poll(() => count("ladder-editor")).toBe(0);
  await expect.poll(hint).toMatch(/^The order that you were changing is gone/);
  for (const key of ["5", "Enter", "x", "Escape"]) await press(key);
  expect(seat.sent).toHaveLength(before);
  await pass(1_000);
  await expect.poll(hint).not.toMatch(/is gone/);
  await press("Escape");
  await expect.poll(() => seat.sent.at(-1)).toMatchObject({ op: "cancel_all" });
});

test("the first Escape in a field takes back and leaves, the second cancels", async () => {
  await click(ladderCell(X, "bid", 98));
  await expect.poll(bids).toHaveLength(2);
  await fill("ticket-qty", "77");
  await press("Escape");
  expect((element("ticket-qty") as HTMLInputElement).value).toBe("10");
  expect(document.activeElement).not.toBe(element("ticket-qty"));
  await fill(`size-${X}`, "33");
  await press("Escape");
  expect((element(`size-${X}`) as HTMLInputElement).value).toBe("10");
  element("ticket-tif").focus();
  await press("Escape");
  expect(document.activeElement).not.toBe(element("ticket-tif"));
  expect(seat.sentOf("cancel_all")).toEqual([]);
  await press("Escape");
  await expect.poll(bids).toHaveLength(1);
});

test("flatten tells a deep book, and its button asks for the second press", async () => {
  await pointNowhere();
  await openLadder(X);
  await fillTicket("sell", "99", "50");
  await click("ticket-submit");
  await expect.poll(() => exchange.held("Ana")).toEqual({ [X]: -50 });
  bo.ask("cancel_all", {});
  bo.ask("order_new", { inst: X, side: "sell", price: 101, qty: 1 });
  bo.ask("order_new", { inst: X, side: "sell", price: 150, qty: 80 });
  const before = orders().length;
  await expect.poll(() => text(ladderCell(X, "ask", 101))).toBe("1");
  await click(`flatten-${X}`);
  expect(text(`flatten-${X}`)).toBe("Again?");
  expect(attribute(`flatten-${X}`, "title")).toMatch(/150 at worst/);
  expect(orders()).toHaveLength(before);
  await pressAgain(`flatten-${X}`);
  await expect.poll(() => exchange.held("Ana")).toEqual({});
  expect(orders()).toHaveLength(before + 1);
});
