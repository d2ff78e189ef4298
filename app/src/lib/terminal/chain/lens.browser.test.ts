/** Tests the arbitrage lens in the chain: traders see it only if the host allows it. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { ArbitrageRoom, C100, P100, parityText, pastBoxText } from "#lib/testing/arbitrage.ts";
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
import type { Exchange } from "#lib/testing/exchange.ts";
import { X } from "#lib/testing/market.ts";
import { Page } from "#lib/testing/page.ts";

let market: ArbitrageRoom;
let exchange: Exchange;

beforeEach(() => {
  market = new ArbitrageRoom();
  ({ exchange } = market);
});

test("a new room has it off: traders find no lens", async () => {
  market.quoteParity();
  await Page.open(exchange, "Ana");
  await expect.poll(() => text(`chain-${P100}-bid`)).toBe("1.5");
  expect(count("lens")).toBe(0);
  expect(count("lens-100")).toBe(0);
});

test("always: each trader may turn it on, see a gain with its trades, and take it", async () => {
  market.quoteParity();
  await Page.open(exchange, "Ana");
  await expect.poll(() => text(`chain-${P100}-bid`)).toBe("1.5");
  exchange.host.ask("set_lens", { lens: "always" });
  await shown("lens");
  expect(count("lens-100")).toBe(0);
  await click("lens");
  await click("lens-100");
  await expect.poll(() => text("lens-100-why")).toBe(`${parityText}\nLoad as spread`);
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
  market.quoteParity();
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
  market.quoteBox();
  await Page.open(exchange, "Ana");
  await shown(`chain-${P100}-ask`);
  expect(count("lens")).toBe(0);
  // The lens notes violations once a second.
  await pass(2_200);
  exchange.host.ask("settle", { inst: X, value: 101 });
  await click("lens");
  await click("lens-90");
  await expect.poll(() => text("lens-90-why")).toMatch(pastBoxText);
});
