/** Tests the arbitrage lens in the console: the host sees all violations, and chooses whether traders may. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import { attribute, choose, click, press, shown, text } from "#lib/testing/driver.ts";
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

test("a new room has it off, and the host sees what there is", async () => {
  quoteParity();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("lens-count")).toBe("1 arbitrage");
  await click(`lens-${C100}`);
  await expect.poll(() => text(`lens-${C100}-why`)).toBe(why);
  await expectAccessible();
  await press("Escape");
  expect(exchange.room.state.lens).toBe("off");
  cy.ask("cancel_all", {});
  await expect.poll(() => text("lens-count")).toBe("No arbitrage");
});

test("the host chooses who may see it", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  for (const lens of ["always", "after", "off"] as const) {
    await choose("lens-setting", lens);
    await expect.poll(() => exchange.room.state.lens).toBe(lens);
  }
});

test("after the round the host sees what there was at its best as well", async () => {
  stopClock();
  exchange.host.ask("set_lens", { lens: "after" });
  quoteBox();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("lens-count")).toBe("1 arbitrage");
  await shown(`lens-${C90}`);
  expect(attribute(`lens-${C90}`, "aria-label")).toMatch(/^X, X 90C/);
  await pass(2_200);
  exchange.host.ask("settle", { inst: X, value: 101 });
  // A flag of quotes that are gone says so, and looks it.
  await expect.poll(() => attribute(`lens-${C90}`, "aria-label")).toMatch(/^X, past, X 90C/);
  await click(`lens-${C90}`);
  await expect.poll(() => text(`lens-${C90}-why`)).toMatch(pastBox);
});
