/**
 * Tests quoting ten strikes while the market moves: no trade but at a price that stood as the trader's quote, none as
 * the aggressor, sides refused by themselves, and the own quote in sight at every width.
 */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  check,
  click,
  count,
  css,
  fill,
  id,
  isDisabled,
  pointNowhere,
  press,
  pressIn,
  resize,
  shown,
  sidewaysOverflow,
  text,
  uncheck,
} from "#lib/testing/driver.ts";
import type { Exchange, Program } from "#lib/testing/exchange.ts";
import { openMarket } from "#lib/testing/market.ts";
import type { Page } from "#lib/testing/page.ts";
import type { Message, OpenOrder } from "#protocol";

const strikes = Array.from({ length: 10 }, (_, i) => 55 + 10 * i);
const calls = strikes.map((_, i) => 2 + 2 * i);
const [C55 = 0, C65 = 0] = calls;
/** The middle around which others quote each call at first. */
const FAIR = 20;

let exchange: Exchange;
let host: Program;
let bo: Program;
let cy: Program;
let seat: Page;

/** Bo quotes a call, two wide on each side of a middle. */
const market = (inst: number, mid: number) =>
  bo.ask("quote", { inst, bid: mid - 2, bid_qty: 50, ask: mid + 2, ask_qty: 50 });

beforeEach(async () => {
  ({ exchange, host, bo, cy, seat } = await openMarket({ strikes }));
  for (const inst of calls) market(inst, FAIR);
  await pointNowhere();
  await press("v");
  await shown("quote-grid");
  await fill("grid-width", "4");
  await fill("grid-size", "6");
  await pressIn("grid-size", "Enter");
  await check("grid-all-calls");
});

/** Ana's resting quotes, as the exchange has them. */
function standing(): OpenOrder[] {
  const user_id = exchange.userId("Ana");
  const { orders } = host.ask("get_orders", { user_id }) as Message<"orders">;
  return orders.filter((order) => order.quote);
}
const fills = () => seat.lines.flatMap((line) => line.heard).filter((one) => one.type === "fill");
const quotesOf = (inst: number) =>
  standing()
    .filter((order) => order.inst === inst)
    .map(({ side, price, leaves }) => [side, price, leaves])
    .sort();
const bothOf = (bid: number, ask: number, [bidQty, askQty] = [6, 6]) => [
  ["buy", bid, bidQty],
  ["sell", ask, askQty],
];
async function send(): Promise<void> {
  await click("grid-send");
  await expect.poll(() => text("grid-summary")).toBe("10 working");
}

test("a trader quotes ten strikes through a moving market without a trade that was not meant", async () => {
  await send();
  let meant = 0;
  /** Others act: all trades are with a quote that stood before. */
  const others = (act: () => void) => {
    const before = new Map(standing().map((order) => [order.order_id, order]));
    act();
    for (const { order_id, price, qty, liquidity } of fills().slice(meant)) {
      const order = before.get(order_id);
      expect([order?.price, liquidity]).toEqual([price, "maker"]);
      expect(qty).toBeLessThanOrEqual(order?.leaves ?? 0);
    }
    meant = fills().length;
  };
  const line = () => seat.lines.at(-1)!;
  const steps = ["=", "]", "-", "[", "="];
  for (const [round, key] of steps.entries()) {
    // The market moves while Ana's screen is behind, and somebody takes a part of her quotes.
    line().isSilent = round % 2 === 0;
    const mid = FAIR + 3 * (round % 2 === 0 ? 1 : -1) + round;
    others(() => {
      for (const inst of calls) market(inst, mid);
    });
    others(() => {
      for (const inst of calls.slice(0, 3))
        cy.ask("order_new", { inst, side: "sell", qty: 2, price: mid - 6, tif: "IOC" });
    });
    // She steps, sends and changes a setting by what she sees.
    await press(key);
    await press("g");
    await click(page.getByRole("button", { name: "Skew: lower" }));
    line().isSilent = false;
    line().deliver();
    await expect.poll(() => count(css('[data-state="sent"]'))).toBe(0);
    await pointNowhere();
    // Her own requests have traded with nobody.
    expect(fills().slice(meant)).toEqual([]);
  }
  expect(meant).toBeGreaterThan(10);
  expect(seat.sentOf("quote").every((request) => request.post_only)).toBe(true);
  await expect.poll(() => seat.room.orders.length).toBe(standing().length);
  await click("grid-pull");
  await expect.poll(standing).toEqual([]);
});

test("a side that would trade is told before, refused by itself, and stands once it is moved", async () => {
  await fill(`grid-${C55}-mid`, "23");
  await pressIn(`grid-${C55}-mid`, "Enter");
  // The bid would be 22, where Bo offers.
  const state = () => text(`grid-${C55}-state`);
  await expect.poll(state).toBe("Bid meets 22.0: it would be refused");
  await click("grid-send");
  await expect.poll(() => text(`grid-${C55}-bid`)).toBe("Refused");
  expect(quotesOf(C55)).toEqual([["sell", 24, 6]]);
  await expect.poll(state).toContain("Bid refused: it would trade at once");
  await expect.poll(() => text("grid-summary")).toBe("10 working, 1 refused");
  await expectAccessible();
  await uncheck("grid-all-calls");
  await check(`grid-${C55}-tick`);
  await press("-");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(21.5, 23.5));
  await expect.poll(state).toBe("Working");
  // Without the guard the same quote trades, and the row says so before.
  await uncheck("grid-post-only");
  await check(`grid-${C65}-tick`);
  await fill(`grid-${C65}-mid`, "17");
  await pressIn(`grid-${C65}-mid`, "Enter");
  await expect.poll(() => text(`grid-${C65}-state`)).toBe("Ask meets 18.0: it sells at once");
  expect(quotesOf(C65)).toEqual(bothOf(19, 21));
  await press("Tab");
  await pointNowhere();
  await click("grid-send");
  await expect.poll(() => exchange.held("Ana")).toEqual({ [C65]: -6 });
  await check("grid-post-only");
});

test("a step moves what is left; the size, or steps that refill, make it whole", async () => {
  await send();
  await uncheck("grid-all-calls");
  await check(`grid-${C55}-tick`);
  cy.ask("order_new", { inst: C55, side: "sell", qty: 4, price: 19, tif: "IOC" });
  await expect.poll(() => text(`grid-${C55}-bid`)).toMatch(/^19\.0\s*×2/);
  await press("=");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(19.5, 21.5, [2, 6]));
  // All of the bid is taken: a step leaves it away.
  cy.ask("order_new", { inst: C55, side: "sell", qty: 2, price: 19.5, tif: "IOC" });
  await expect.poll(() => text(`grid-${C55}-state`)).toMatch(/^Only your/);
  await press("-");
  await expect.poll(() => quotesOf(C55)).toEqual([["sell", 21, 6]]);
  await check("grid-refill");
  await press("=");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(19.5, 21.5));
  await uncheck("grid-refill");
  cy.ask("order_new", { inst: C55, side: "sell", qty: 4, price: 19.5, tif: "IOC" });
  await expect.poll(() => text(`grid-${C55}-bid`)).toMatch(/×2/);
  await fill("grid-size", "8");
  await pressIn("grid-size", "Enter");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(19.5, 21.5, [8, 8]));
  // Rows that are not ticked have stayed as they were.
  expect(quotesOf(C65)).toEqual(bothOf(19, 21));
});

test("width and skew act on live quotes once they are entered; a middle that has moved waits in words", async () => {
  await send();
  await uncheck("grid-all-calls");
  await check(`grid-${C55}-tick`);
  const asked = () => seat.sentOf("quote").length;
  const before = asked();
  await fill("grid-width", "8");
  expect(asked()).toBe(before);
  await pressIn("grid-width", "Enter");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(18, 22));
  expect(asked()).toBe(before + 1);
  await fill("grid-skew", "-1");
  await pressIn("grid-skew", "Enter");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(17.5, 21.5));
  market(C55, FAIR + 2);
  await expect.poll(() => text(`grid-${C55}-state`)).toBe("Next: 19.5 / 23.5");
  expect(quotesOf(C55)).toEqual(bothOf(17.5, 21.5));
  await click("grid-send");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(19.5, 23.5));
  await expect.poll(() => text(`grid-${C55}-state`)).toBe("Working");
});

test("the own quote is in sight at every width, and the rest gives way by its weight", async () => {
  for (const inst of calls)
    bo.ask("quote", { inst, bid: 12_000, bid_qty: 9_999, ask: 12_500, ask_qty: 9_999 });
  await fill("grid-size", "100");
  await pressIn("grid-size", "Enter");
  await fill(`grid-${C55}-mid`, "12345.5");
  await pressIn(`grid-${C55}-mid`, "Enter");
  await click("grid-send");
  await expect.poll(() => quotesOf(C55)).toEqual(bothOf(12_344.5, 12_346.5, [100, 100]));
  for (const width of [1440, 1366, 1024, 880]) {
    await resize({ width, height: 900 });
    for (const side of ["bid", "ask"]) {
      const cell = id(`grid-${C55}-${side}`).element();
      const table = cell.closest("[role=region]")!.getBoundingClientRect();
      const { left, right } = cell.getBoundingClientRect();
      expect([width, cell.scrollWidth - cell.clientWidth]).toEqual([width, 0]);
      expect(left).toBeGreaterThanOrEqual(table.left);
      expect(right).toBeLessThanOrEqual(table.right);
    }
    expect([width, sidewaysOverflow()]).toEqual([width, 0]);
    // The market is there too: in a column of its own, or below the own price.
    const cell = id(`grid-${C55}-bid`).element().closest("tr")!;
    expect(cell.innerText.replace(/\s+/g, " ")).toContain("12,000.0");
  }
  await resize({ width: 1440, height: 900 });
});

test("pulling quotes leaves other orders where they are", async () => {
  await send();
  expect(isDisabled("grid-pull")).toBe(false);
  bo.ask("order_new", { inst: C55, side: "buy", price: 1, qty: 1 });
  const user_id = exchange.userId("Ana");
  void seat.room.send({ op: "order_new", inst: C55, side: "buy", price: 2, qty: 3 });
  await expect.poll(() => seat.room.orders.length).toBe(21);
  await click("grid-pull");
  await expect.poll(standing).toEqual([]);
  const { orders } = host.ask("get_orders", { user_id }) as Message<"orders">;
  expect(orders.map(({ price }) => price)).toEqual([2]);
  await expect.poll(() => isDisabled("grid-pull")).toBe(true);
});
