/**
 * Tests spreads: built from the chain without sending an order, sent leg by leg, and the report when a leg falls short.
 */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  box,
  click,
  css,
  ctrlClick,
  fill,
  hover,
  id,
  isDisabled,
  move,
  pressIn,
  shown,
  text,
  value,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

const X = 1;
const [C90, P90, C100, P100, C110, P110] = [2, 3, 4, 5, 6, 7] as const;
const all = [X, C90, P90, C100, P100, C110, P110];

let exchange: Exchange;
let host: Program;
let bo: Program;
let seat: Page;

const quote = (inst: number, bid: number, bid_qty: number, ask: number, ask_qty: number) =>
  bo.ask("quote", { inst, bid, bid_qty, ask, ask_qty });

/** Bo makes a market around fair values, without a gain for the lens; the 100 call is scarce. */
beforeEach(async () => {
  exchange = new Exchange({ lens: "always" });
  ({ host } = exchange);
  exchange.list("X");
  exchange.listStrip(X, "X", [90, 100, 110]);
  bo = exchange.program("Bo");
  quote(X, 99, 50, 101, 50);
  quote(C90, 11, 30, 12, 40);
  quote(P90, 1, 30, 2, 40);
  quote(C100, 4, 6, 5, 20);
  quote(P100, 4, 30, 5, 20);
  quote(C110, 1, 30, 2, 20);
  quote(P110, 11, 30, 12, 20);
  seat = await Page.open(exchange, "Ana");
  await expect.poll(() => text(cell(P110, "ask"))).toMatch(/^12/);
});

const cell = (inst: number, column: "bid" | "ask") => id(`chain-${inst}-${column}`);
const gained = () => exchange.held("Ana");
/** Quantities at the exchange's best prices. */
const sizes = () =>
  all.map((inst) => {
    const { bids, asks } = exchange.book(inst);
    return [bids[0]?.[1] ?? 0, asks[0]?.[1] ?? 0];
  });

test("Ctrl-click builds a spread and sends nothing; the panel says what it is and costs", async () => {
  const before = sizes();
  const place = () => box(css("aside").getByTestId("tab-orders"));
  await hover(cell(C100, "ask"));
  await expect.poll(() => text("hint")).toMatch(/Ctrl-click: buy it in a spread/);
  await click("tab-spread");
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  await click("tab-order");
  await shown("ticket-submit");
  const there = place();
  await ctrlClick(cell(C90, "ask"));
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await ctrlClick(cell(C100, "bid"));
  await expect.poll(() => text("spread-name")).toBe("Bull call vertical 90/100");
  await expect.poll(() => text("spread-net")).toBe("8.0 debit");
  await expect.poll(() => text("spread-possible")).toBe("6 now");
  expect(place()).toEqual(there);
  await fill("spread-qty", "2");
  await move(700, 3);
  await expect.poll(() => text("spread-worst")).toMatch(/^−16\.00\s+at 90$/);
  await expect.poll(() => text("spread-best")).toMatch(/^\+4\.00\s+at 100$/);
  await expect.poll(() => text("payoff-worst")).toBe("worst 0.00 → −16.00 at 90");
  await expect.poll(() => text("spread-note")).toMatch(/^The legs go one after the other/);
  await hover(cell(C100, "bid"));
  await expect.poll(() => text("hint")).toMatch(/Ctrl-click: 2 of it in each spread/);
  const place100 = id("chain").css(`[data-inst="${C100}"][data-chain="bid"]`);
  await expect.poll(() => text(place100)).toMatch(/^S1/);
  await expect
    .poll(() => attribute(cell(C100, "bid"), "aria-label"))
    .toMatch(/, in the spread: sell 1$/);
  await ctrlClick(cell(C100, "bid"));
  await expect.poll(() => text("spread-name")).toBe("Custom spread");
  await expectAccessible();
  await ctrlClick(cell(C100, "ask"));
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await click("spread-clear");
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  expect([sizes(), gained()]).toEqual([before, {}]);
});

test("with keys: S on a price, and Ctrl with Enter; neither sends", async () => {
  const before = sizes();
  await pressIn(cell(C100, "ask"), "s");
  await expect.poll(() => text("spread-name")).toBe("One leg");
  await pressIn(cell(P100, "ask"), "Control+Enter");
  await expect.poll(() => text("spread-name")).toBe("Long straddle 100");
  await pressIn(`spread-more-${P100}`, "Enter");
  await expect.poll(() => text("spread-name")).toBe("Custom spread");
  for (const inst of [P100, P100, C100]) await pressIn(`spread-less-${inst}`, "Enter");
  await expect.poll(() => text("spread-name")).toBe("No legs yet.");
  expect([sizes(), gained()]).toEqual([before, {}]);
});

test("a vertical is sent leg by leg, each at its price; locked it cannot be", async () => {
  await ctrlClick(cell(C90, "ask"));
  await ctrlClick(cell(C100, "bid"));
  await fill("spread-qty", "5");
  await click("arm");
  await expect.poll(() => text("spread-send")).toMatch(/^Locked/);
  await expect.poll(() => isDisabled("spread-send")).toBe(true);
  await click("arm");
  await expect.poll(() => text("spread-send")).toBe("Send 5: 8.0 debit each");
  await click("spread-send");
  await expect.poll(() => text("spread-done")).toBe("5 of 5 spreads done");
  await expect.poll(() => text("spread-left")).toBe("All legs are filled.");
  await expect.poll(gained).toEqual({ [C90]: 5, [C100]: -5 });
  expect(sizes()).toEqual([
    [50, 50],
    [30, 35],
    [30, 40],
    [1, 20],
    [30, 20],
    [30, 20],
    [30, 20],
  ]);
});

test("what falls short is told leg by leg, and the rest can be closed out", async () => {
  // One spread sells two of the 100 call, for which there are bids for five only.
  quote(C100, 4, 5, 5, 20);
  await expect.poll(() => text(cell(C100, "bid"))).toMatch(/^4/);
  await ctrlClick(cell(C90, "ask"));
  for (let i = 0; i < 2; i++) await ctrlClick(cell(C100, "bid"));
  await fill("spread-qty", "3");
  await expect.poll(() => text("spread-note")).toMatch(/^The prices shown allow 2 spreads now/);
  await click("spread-send");
  await expect.poll(() => text("spread-done")).toBe("2 of 3 spreads done");
  await expect.poll(() => text(`spread-outcome-${C100}`)).toMatch(/sold 5 of 6$/);
  await expect.poll(() => text(`spread-outcome-${C90}`)).toMatch(/bought 2 of 2$/);
  await expect.poll(() => text("spread-left")).toBe("Left with −1 X 100C.");
  await expect.poll(gained).toEqual({ [C90]: 2, [C100]: -5 });
  await expectAccessible();
  await click("spread-close-out");
  await expect.poll(() => text("spread-left")).toBe("Nothing is left over.");
  await expect.poll(gained).toEqual({ [C90]: 2, [C100]: -4 });
});

test("a leg that the exchange refuses stops the rest, in its words", async () => {
  await ctrlClick(cell(P110, "bid"));
  await ctrlClick(cell(C110, "ask"));
  await fill("spread-qty", "3");
  await expect.poll(() => text("spread-name")).toBe("Long synthetic 110");
  host.ask("halt", { inst: P110, on: true });
  await expect.poll(() => text("spread-note")).toMatch(/^X 110P is halted/);
  await expect.poll(() => isDisabled("spread-send")).toBe(true);
  host.ask("halt", { inst: P110, on: false });
  await expect.poll(() => !isDisabled("spread-send")).toBe(true);
  host.ask("set_limits", { user_id: exchange.userId("Ana"), orders_per_sec: 1 });
  await click("spread-send");
  await expect.poll(() => text("spread-done")).toBe("0 of 3 spreads done");
  await expect.poll(() => text(`spread-outcome-${P110}`)).toMatch(/nothing traded: /);
  await expect.poll(() => text("spread-left")).toBe("Left with +3 X 110C.");
  await expect.poll(gained).toEqual({ [C110]: 3 });
  host.ask("set_limits", { user_id: exchange.userId("Ana"), orders_per_sec: 1_000 });
  await click("spread-close-out");
  await expect.poll(() => text("spread-left")).toBe("Nothing is left over.");
  await expect.poll(gained).toEqual({});
});

test("the lens hands its box over as a spread, and all of it is there to be taken", async () => {
  // The box costs 12 - 7 + 5 - 1 = 9 and pays 10.
  quote(C100, 7, 6, 8, 20);
  await click("lens");
  await click("lens-90");
  await click("lens-90-load-box");
  await expect.poll(() => text("spread-name")).toBe("Long box 90/100");
  await expect.poll(() => text("spread-net")).toBe("9.0 debit");
  await expect.poll(() => value("spread-qty")).toBe("6");
  await expect.poll(() => text("spread-worst")).toMatch(/^\+6\.00/);
  await move(700, 3);
  await expectAccessible();
  await click("spread-send");
  await expect.poll(() => text("spread-done")).toBe("6 of 6 spreads done");
  await expect.poll(gained).toEqual({ [C90]: 6, [P90]: -6, [C100]: -6, [P100]: 6 });
});

test("it has its place on a small screen in the light", async () => {
  seat.close();
  await Page.open(exchange, "Eve", { size: laptop, theme: "light" });
  await ctrlClick(cell(C90, "ask"));
  for (let i = 0; i < 2; i++) await ctrlClick(cell(C100, "bid"));
  await ctrlClick(cell(C110, "ask"));
  await expect.poll(() => text("spread-name")).toBe("Long call butterfly 90/100/110");
  await click("spread-underlying-sell");
  await expect.poll(() => text("spread-name")).toBe("Custom spread");
  await move(500, 3);
  await expectAccessible();
});
