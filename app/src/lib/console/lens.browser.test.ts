/** Tests the arbitrage lens in the console: the host sees all violations, and chooses whether traders may. */

import { beforeEach, expect, test } from "vitest";
import { ArbitrageRoom, C90, C100, parityText, pastBoxText } from "#lib/testing/arbitrage.ts";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import { attribute, choose, click, press, shown, text } from "#lib/testing/driver.ts";
import type { Exchange } from "#lib/testing/exchange.ts";
import { X } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";

let market: ArbitrageRoom;
let exchange: Exchange;

beforeEach(() => {
  market = new ArbitrageRoom();
  ({ exchange } = market);
});

test("a new room has it off, and the host sees what there is", async () => {
  market.quoteParity();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("lens-count")).toBe("1 arbitrage");
  await click(`lens-${C100}`);
  await expect.poll(() => text(`lens-${C100}-why`)).toBe(parityText);
  await expectAccessible();
  await press("Escape");
  expect(exchange.room.state.lens).toBe("off");
  market.cy.ask("cancel_all", {});
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
  market.quoteBox();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("lens-count")).toBe("1 arbitrage");
  await shown(`lens-${C90}`);
  expect(attribute(`lens-${C90}`, "aria-label")).toMatch(/^X, X 90C/);
  await pass(2_200);
  exchange.host.ask("settle", { inst: X, value: 101 });
  // A flag of quotes that are gone says so, and looks it.
  await expect.poll(() => attribute(`lens-${C90}`, "aria-label")).toMatch(/^X, past, X 90C/);
  await click(`lens-${C90}`);
  await expect.poll(() => text(`lens-${C90}-why`)).toMatch(pastBoxText);
});
