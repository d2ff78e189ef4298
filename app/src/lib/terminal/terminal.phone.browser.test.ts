/** Tests the terminal on a phone: options, views and spreads by finger. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  check,
  choose,
  click,
  count,
  fill,
  gone,
  id,
  ladderCell,
  pressIn,
  resize,
  shown,
  size,
  tap,
  text,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { phone } from "#lib/testing/stage.ts";

const [C100, P100] = [4, 5] as const;

let exchange: Exchange;
let bo: Program;
beforeEach(async () => {
  ({ exchange, bo } = await openMarket({ size: phone }));
});
const bids = () => exchange.book(X).bids;

test("a phone has the ladder's options, big enough for a finger", async () => {
  await tap("view-people");
  await tap("phone-options");
  const dialog = id("ladder-options");
  await shown("first-size");
  // A phone has no mouse, and no choice of mouse buttons.
  expect(count("mouse-scheme")).toBe(0);
  const heights = dialog
    .css("label.check, select, header button")
    .elements()
    .map((one) => Math.round(one.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
  for (const option of ["changes", "first-size"]) await check(option);
  await choose("recentre-every", "Every 30 seconds");
  // The dialog scrolls in a low window, also by keys.
  const reachable = () => attribute(dialog.css(".body"), "tabindex");
  await resize({ ...phone, height: 1600 });
  await expect.poll(reachable).toBeNull();
  await resize({ ...phone, height: 520 });
  await expect.poll(reachable).toBe("0");
  await resize({ ...phone, height: 1600 });
  await expect.poll(reachable).toBeNull();
  await resize(phone);
  await tap(dialog.getByRole("button", { name: "Close" }));

  await tap("view-ladder");
  await size(X, 7);
  await tap(ladderCell(X, "bid", 98));
  await expect.poll(() => bids()[1]).toEqual([98, 7]);
  await tap(ladderCell(X, "bid", 98));
  await expect.poll(() => bids()[1]).toEqual([98, 8]);
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 60, ask: 101, ask_qty: 50 });
  await expect.poll(() => text(ladderCell(X, "bid", 99))).toMatch(/^\+10\s*60$/);
  await tap("view-ticket");
  const pnl = id(`ladder-pnl-${X}`);
  await expect.poll(() => attribute(pnl, "title")).toMatch(/^P&L in money/);
  await tap(pnl);
  await expect.poll(() => attribute(pnl, "title")).toMatch(/^P&L in ticks/);
  await expectAccessible("ticket");
  await tap("cancel-all");
  await expect.poll(bids).toEqual([[99, 60]]);
});

test("ladder and ticket are accessible", async () => {
  await expectAccessible("ladder");
  await tap("view-ticket");
  await shown("ticket-worst");
  await expectAccessible("ticket");
});

test("the payoff stands under the strikes, upright and on its side", async () => {
  await tap("view-chain");
  await expect.poll(() => text("payoff")).toContain("Nothing held here yet.");
  await resize({ width: phone.height, height: phone.width });
  await tap("payoff-line");
  await shown("payoff");
  await expectAccessible();
  await tap("payoff-line");
  await expect.poll(() => count("payoff")).toBe(0);
});

test("a view and its edges have their room", async () => {
  bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 3.5, ask_qty: 15 });
  await tap("view-chain");
  await shown(`chain-${C100}-ask`);
  await click("view-open");
  await fill("view-sd", "12");
  await expect
    .poll(() => (["bid", "ask"] as const).map((side) => text(`chain-${C100}-${side}-edge`)))
    .toEqual(["−2.8", "+1.3"]);
  await expectAccessible();
  await pressIn("view-sd", "Enter");
  await gone("my-view");
  const { scrollWidth, clientWidth } = id("chain").css("table").element().parentElement!;
  expect(scrollWidth).toBe(clientWidth);
});

test("a switch makes taps into legs of a spread; beside it the bar says what there is", async () => {
  for (const inst of [C100, P100])
    bo.ask("quote", { inst, bid: 4, bid_qty: 6, ask: 5, ask_qty: 20 });
  await tap("view-chain");
  await tap("chain-build");
  await tap(`chain-${C100}-ask`);
  await tap(`chain-${P100}-ask`);
  await expect.poll(() => text("spread-bar")).toMatch(/Long straddle 100\s+10\.0 debit/);
  await expectAccessible("chain");
  for (const inst of [C100, P100]) expect(exchange.book(inst).asks).toEqual([[5, 20]]);
  await tap("spread-open");
  await fill("spread-qty", "4");
  await expectAccessible("spread");
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(phone.width);
  await tap("spread-send");
  await expect.poll(() => text("spread-done")).toBe("4 of 4 spreads done");
  expect(exchange.held("Ana")).toEqual({ [C100]: 4, [P100]: 4 });
});
