/** Tests the arbitrage lens in the chain: traders see it only if the host allows it. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  chainSize,
  click,
  count,
  ladderCell,
  press,
  shown,
  size,
  text,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

const X = 1;
const [C90, P90, C100, P100] = [2, 3, 4, 5] as const;
const why = "Parity: buy call 2.0, sell put 1.5, sell X 101: locks in 0.5, up to 4 times.";
/** The text of a box that costs 6 - 1 + 5 - 1 = 9 and pays 10. */
const pastBox =
  /Box: buy 90 call 6\.0, sell 100 call 1\.0, buy 100 put 5\.0, sell 90 put 1\.0: locked in 1, up to 3 times, at \d\d:\d\d:\d\d\./;

let exchange: Exchange;
let cy: Program;

beforeEach(() => {
  exchange = new Exchange();
  exchange.list("X");
  exchange.listStrip(X, "X", [90, 100]);
  cy = exchange.program("Cy");
});

const quote = (inst: number, bid: number, ask: number, qty = 9) =>
  cy.ask("quote", { inst, bid, bid_qty: qty, ask, ask_qty: qty });

function quoteParity(): void {
  quote(X, 101, 103, 4);
  quote(C100, 1, 2);
  quote(P100, 1.5, 2.5);
}

function quoteBox(): void {
  quote(C90, 5, 6);
  quote(C100, 1, 2);
  quote(P90, 1, 2, 3);
  quote(P100, 4, 5);
}

test("a new room has it off: traders find no lens", async () => {
  quoteParity();
  await Page.open(exchange, "Ana");
  await expect.poll(() => text(`chain-${P100}-bid`)).toBe("1.5");
  expect(count("lens")).toBe(0);
  expect(count("lens-100")).toBe(0);
});

test("always: each trader may turn it on, see a gain with its trades, and take it", async () => {
  quoteParity();
  await Page.open(exchange, "Ana");
  await expect.poll(() => text(`chain-${P100}-bid`)).toBe("1.5");
  exchange.host.ask("set_lens", { lens: "always" });
  await shown("lens");
  expect(count("lens-100")).toBe(0);
  await click("lens");
  await click("lens-100");
  await expect.poll(() => text("lens-100-why")).toBe(`${why}\nLoad as spread`);
  await expectAccessible();
  await press("Escape");
  await chainSize(4);
  await click(`chain-${C100}-ask`);
  await click(`chain-${P100}-bid`);
  await size(X, 4);
  await click(ladderCell(X, "ask", 101));
  await expect.poll(() => count("lens-100")).toBe(0);
  expect(exchange.book(X)).toEqual({ bids: [], asks: [[103, 4]] });
});

test("off again: it goes from the screen of who had it on", async () => {
  quoteParity();
  exchange.host.ask("set_lens", { lens: "always" });
  await Page.open(exchange, "Ana");
  await click("lens");
  await shown("lens-100");
  exchange.host.ask("set_lens", { lens: "off" });
  await shown(page.getByText("The host has turned the lens off.").first());
  await expect.poll(() => count("lens")).toBe(0);
  await expect.poll(() => count("lens-100")).toBe(0);
});

test("after the round: nothing while it runs, then what there was at its best", async () => {
  stopClock();
  exchange.host.ask("set_lens", { lens: "after" });
  quoteBox();
  await Page.open(exchange, "Ana");
  await shown(`chain-${P100}-ask`);
  expect(count("lens")).toBe(0);
  // The lens notes violations once a second.
  await pass(2_200);
  exchange.host.ask("settle", { inst: X, value: 101 });
  await click("lens");
  await click("lens-90");
  await expect.poll(() => text("lens-90-why")).toMatch(pastBox);
});
