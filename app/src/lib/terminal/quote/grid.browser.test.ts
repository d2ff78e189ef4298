/** Tests the quote grid: fifteen strikes of calls and puts at once, the state of each row, and its keys. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  chainSize,
  check,
  click,
  count,
  css,
  fill,
  pointNowhere,
  positionText,
  press,
  pressIn,
  shown,
  text,
  texts,
  uncheck,
} from "#lib/testing/driver.ts";
import { type Exchange } from "#lib/testing/exchange.ts";
import { X, openMarket } from "#lib/testing/market.ts";

const strikes = Array.from({ length: 15 }, (_, i) => 30 + 10 * i);
const call = (strike: number) => 2 + 2 * strikes.indexOf(strike);
const C100 = call(100);
const put = (strike: number) => call(strike) + 1;
const options = strikes.flatMap((strike) => [call(strike), put(strike)]);
/** The values around which Bo quotes the options. */
const value = (inst: number) => {
  const strike = strikes[Math.floor((inst - 2) / 2)] ?? 0;
  return 5 + Math.max(0, (inst % 2 === 0 ? 1 : -1) * (100 - strike));
};

let exchange: Exchange;
const book = (inst = X) => exchange.book(inst);

/** Opens the grid and ticks all rows. The exchange will accept quotes of 28 of them only. */
beforeEach(async () => {
  const market = await openMarket({ strikes });
  exchange = market.exchange;
  const { bo, host } = market;
  for (const inst of options)
    bo.ask("quote", {
      ...{ inst, bid: value(inst) - 3, bid_qty: 9, ask: value(inst) + 3, ask_qty: 9 },
    });
  // Ana holds ten calls, and seven more would be beyond the position limit.
  bo.ask("order_new", { inst: C100, side: "sell", price: 4, qty: 10 });
  await chainSize(10);
  await click(`chain-${C100}-ask`);
  await expect.poll(() => positionText(C100)).toBe("+10");
  host.ask("set_limits", { user_id: exchange.userId("Ana"), max_position: 12 });
  host.ask("halt", { inst: put(50), on: true });
  await pointNowhere();
  await press("v");
  await shown("quote-grid");
  await fill("grid-width", "4");
  await fill("grid-size", "7");
  await check("grid-all-calls");
  await check("grid-all-puts");
});

test("a grid quotes fifteen strikes of calls and puts at once, and says in the row why one is refused", async () => {
  const places = () =>
    css('[data-testid^="grid-"][data-testid$="-state"]')
      .elements()
      .map((cell) => cell.getBoundingClientRect().y);
  const before = places();
  await click("grid-send");
  const state = (inst: number) => text(`grid-${inst}-state`);
  await expect.poll(() => text("grid-summary")).toBe("28 working, 2 refused");
  for (const inst of options) {
    const { bids, asks } = book(inst);
    const isQuoted = inst !== C100 && inst !== put(50);
    const [bid, ask] = [value(inst) - 1, value(inst) + 1];
    expect([bids[0], asks[0]]).toEqual(
      isQuoted
        ? [
            [bid, 7],
            [ask, 7],
          ]
        : [
            [value(inst) - 3, 9],
            [value(inst) + 3, 9],
          ],
    );
    if (!isQuoted) continue;
    expect(state(inst)).toBe("Working");
    expect(text(`grid-${inst}-bid`)).toMatch(new RegExp(`^${bid.toFixed(1)}\\s*×7`));
    expect(text(`grid-${inst}-ask`)).toMatch(new RegExp(`^${ask.toFixed(1)}\\s*×7`));
  }
  await expect.poll(() => state(put(50))).toMatch(/X 50P is halted/);
  await expect.poll(() => state(C100)).toMatch(/position|limit/i);
  expect(texts(page.getByRole("alert")).join("")).toBe("");
  // No row has moved; a press shows the whole text.
  expect(places()).toEqual(before);
  await click(`grid-${put(50)}-why`);
  await shown(css(":popover-open").getByText("X 50P is halted"));
  await expectAccessible();
  await press("Escape");
  await expect.poll(() => count(css(":popover-open"))).toBe(0);
});

test("its keys move the ticked rows only; a row may have settings of its own; pull all pulls them all", async () => {
  await click("grid-send");
  await expect.poll(() => text("grid-summary")).toBe("28 working, 2 refused");
  await uncheck("grid-all-puts");
  await press("=");
  await press("]");
  const top = (inst: number) => {
    const { bids, asks } = book(inst);
    return [bids[0], asks[0]];
  };
  await expect
    .poll(() => top(call(120)))
    .toEqual([
      [4, 7],
      [7, 7],
    ]);
  await expect
    .poll(() => top(put(120)))
    .toEqual([
      [24, 7],
      [26, 7],
    ]);
  await uncheck("grid-all-calls");
  await check(`grid-${put(120)}-tick`);
  await fill(`grid-${put(120)}-mid`, "26");
  await fill(`grid-${put(120)}-size`, "2");
  await pressIn(`grid-${put(120)}-size`, "Enter");
  await click("grid-send");
  await expect
    .poll(() => top(put(120)))
    .toEqual([
      [25, 2],
      [27, 2],
    ]);
  await click("grid-pull");
  await expect.poll(() => text("grid-summary")).toBe("0 working");
  for (const inst of options)
    await expect
      .poll(() => top(inst))
      .toEqual([
        [value(inst) - 3, 9],
        [value(inst) + 3, 9],
      ]);
  await press("v");
  await shown(`chain-${C100}-ask`);
});
