/**
 * Tests the payoff of a position at settlement, and its preview with the order under the pointer, the cursor or in the
 * ticket.
 */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  box,
  chainSize,
  check,
  click,
  count,
  css,
  fill,
  focusLadder,
  hover,
  id,
  openLadder,
  pointNowhere,
  positionText,
  press,
  resize,
  shown,
  text,
} from "#lib/testing/driver.ts";
import { type Exchange, type Program } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";
import { desktop } from "#lib/testing/stage.ts";

const strikes = Array.from({ length: 15 }, (_, i) => 30 + 10 * i);
const call = (strike: number) => 2 + 2 * strikes.indexOf(strike);
const C100 = call(100);

let exchange: Exchange;
let bo: Program;
beforeEach(async () => {
  ({ exchange, bo } = await openMarket({ strikes }));
  bo.ask("order_new", { inst: C100, side: "sell", price: 4, qty: 10 });
  bo.ask("order_new", { inst: C100, side: "sell", price: 6, qty: 10 });
});
const book = (inst = X) => exchange.book(inst);
const worst = () => text("payoff-worst");

/** Buys ten calls at 4. */
async function hold(): Promise<void> {
  await chainSize(10);
  await click(`chain-${C100}-ask`);
  await expect.poll(() => positionText(C100)).toBe("+10");
  await pointNowhere();
  await expect.poll(worst).toBe("worst −40.00 at 100");
}

test("the payoff at settlement shows what the order under the pointer would do to it", async () => {
  await chainSize(10);
  await hover(`chain-${C100}-ask`);
  await expect.poll(worst).toBe("worst 0.00 → −40.00 at 100");
  await click(`chain-${C100}-ask`);
  await expect.poll(() => positionText(C100)).toBe("+10");
  expect(book(C100).asks).toEqual([[6, 10]]);
  await expect.poll(worst).toBe("worst −40.00 → −100.00 at 100");
  await pointNowhere();
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await expect.poll(() => count("payoff-after")).toBe(0);
});

test("what closed trades have made is in the payoff, and is named", async () => {
  await hold();
  expect(text("payoff")).toContain("My payoff at settlement");
  expect(text("payoff")).not.toContain("realised");
  bo.ask("order_new", { inst: C100, side: "buy", price: 5, qty: 4 });
  await chainSize(4);
  await click(`chain-${C100}-bid`);
  await pointNowhere();
  await expect.poll(() => text("payoff")).toContain("+4.00 realised in it");
  await expect.poll(worst).toBe("worst −20.00 at 100");
});

test("so do the keys on a ladder, and an order in the ticket", async () => {
  await hold();
  await focusLadder(X);
  await press("ArrowDown");
  await expect.poll(worst).toBe("worst −40.00 at 100 → unlimited loss if X falls");
  await press("Enter");
  await expect
    .poll(() => book(X))
    .toMatchObject({
      bids: [
        [99, 50],
        [98, 10],
      ],
    });
  await expect.poll(() => count("order-row")).toBe(1);
  await press("e");
  await expect.poll(() => book(X)).toMatchObject({ bids: [[99, 50]] });
  await openLadder(C100);
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await check("ticket-side-sell");
  await fill("ticket-price", "8");
  await fill("ticket-qty", "5");
  await expect.poll(worst).toBe("worst −40.00 → 0.00 at 100");
  await click("ticket-submit");
  await expect
    .poll(() => book(C100))
    .toMatchObject({
      asks: [
        [6, 10],
        [8, 5],
      ],
    });
  await expect.poll(worst).toBe("worst −40.00 at 100");
  await expect.poll(() => count("order-row")).toBe(1);
  await press("Escape");
  await expect.poll(() => book(C100)).toMatchObject({ asks: [[6, 10]] });
});

test("a low window has the worst in a line, and the whole over the strikes by click or key, moving nothing", async () => {
  await hold();
  for (const low of [
    { width: 1024, height: 700 },
    { width: 1440, height: 768 },
  ]) {
    await resize(low);
    const line = id("payoff-line");
    await expect.poll(() => text(line)).toContain("worst −40.00 at 100");
    await expect.poll(() => count("payoff")).toBe(0);
    const place = () => box(css('[data-testid^="ladder-"]').first());
    const before = place();
    await click(line);
    await expect.poll(worst).toBe("worst −40.00 at 100");
    await expect.poll(() => text("payoff-best")).toMatch(/^best unlimited gain if X rises/);
    expect(place()).toEqual(before);
    await expectAccessible();
    await press("Escape");
    await expect.poll(() => count("payoff")).toBe(0);
    // Escape has closed the payoff, and cancelled nothing.
    await press("p");
    await shown("payoff");
    await press("p");
    await expect.poll(() => count("payoff")).toBe(0);
  }
  await chainSize(10);
  await hover(`chain-${C100}-ask`);
  await expect.poll(() => text("payoff-line")).toContain("worst −40.00 → −100.00 at 100");
  await pointNowhere();
  await resize(desktop);
  await expect.poll(worst).toBe("worst −40.00 at 100");
});
