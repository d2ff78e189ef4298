/** Tests that problems of first-time players on a desktop have not come back. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  box,
  check,
  click,
  count,
  css,
  fill,
  hover,
  id,
  isDisabled,
  ladderCell,
  move,
  oneLine,
  openLadder,
  overlap,
  press,
  pressIn,
  resize,
  shown,
  size,
  text,
  texts,
  ticket,
  type,
  uncheck,
  value,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { desktop, laptop } from "#lib/testing/stage.ts";

const JAR = 1;
const C160 = 2;

let exchange: Exchange;
let host: Program;
let bo: Program;

beforeEach(async () => {
  exchange = new Exchange();
  ({ host } = exchange);
  exchange.list("coins jar");
  for (const strike of [160, 170, 180, 190, 200])
    for (const type of ["CALL", "PUT"] as const)
      exchange.list(`coins jar ${strike}${type[0]}`, { type, reference_id: JAR, strike });
  bo = exchange.program("Bo");
  bo.ask("quote", { inst: JAR, bid: 95, bid_qty: 50, ask: 105, ask_qty: 50 });
  await Page.open(exchange, "Ana");
  await expect.poll(() => text(ladderCell(JAR, "bid", 95))).toBe("50");
  await size(JAR, 10);
});

const book = () => exchange.book(JAR);

test("a price pressed while locked is in the ticket though its tab was not showing, and outlasts other tabs", async () => {
  await click("arm");
  await click("tab-quote");
  await click(ladderCell(JAR, "ask", 99));
  await expect.poll(() => oneLine("ticket-submit")).toBe("Sell 10 coins jar at 99");
  await fill("ticket-price", "103");
  await click("tab-quote");
  await click("tab-order");
  await expect.poll(() => value("ticket-price")).toBe("103");
  await click("ticket-submit");
  await expect.poll(book).toEqual({
    bids: [[95, 50]],
    asks: [
      [103, 10],
      [105, 50],
    ],
  });
  await click("arm");
  await press("e");
  await expect.poll(book).toMatchObject({ asks: [[105, 50]] });
});

test("a quote half of which is gone says which, and an update refills it", async () => {
  await click("tab-quote");
  for (const [field, words] of Object.entries({
    bid: "97",
    ask: "103",
    "bid-qty": "5",
    "ask-qty": "5",
  }))
    await fill(`quote-${field}`, words);
  await click("quote-submit");
  await expect.poll(() => text("quote")).toMatch(/Live/);
  bo.ask("order_new", { inst: JAR, side: "buy", price: 103, qty: 5 });
  bo.ask("order_new", { inst: JAR, side: "sell", price: 97, qty: 2 });
  await expect
    .poll(() => text("quote-message"))
    .toBe("Your bid rests: 3 at 97, your offer is gone. Update refills it.");
  await expectAccessible();
  await click("quote-submit");
  await expect.poll(book).toEqual({
    bids: [
      [97, 5],
      [95, 50],
    ],
    asks: [
      [103, 5],
      [105, 50],
    ],
  });
  await click("quote-pull");
  await expect.poll(book).toMatchObject({ bids: [[95, 50]] });
});

test("the search ends in the rows of the ladder", async () => {
  await press("/");
  await type("200P");
  await press("Enter");
  await expect
    .poll(() => document.activeElement?.getAttribute("aria-label"))
    .toBe("coins jar 200P ladder");
  await click(page.getByRole("button", { name: "Close the ladder of coins jar 200P" }));
});

test("a refusal is told once, beside the click and off the best prices; nothing red greets a fresh quote", async () => {
  const user_id = exchange.userId("Ana");
  host.ask("set_limits", { user_id, max_position: 3 });
  bo.ask("quote", { inst: JAR, bid: 100, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(() => text(ladderCell(JAR, "ask", 101))).toBe("50");
  await click(ladderCell(JAR, "bid", 101));
  const strip = id("ladder-refusal");
  await shown(strip);
  const told = box(strip)!;
  for (const [side, price] of [
    ["bid", 100],
    ["ask", 101],
  ] as const)
    expect(overlap(told, box(ladderCell(JAR, side, price)))).toBe(false);
  const said = text(strip);
  const seen = page
    .getByText(said, { exact: true })
    .elements()
    .filter((one) => one.closest(".hidden-text") === null && one.checkVisibility());
  expect(seen).toHaveLength(1);
  await expect.poll(() => texts(page.getByRole("alert"))).toContain(said);
  host.ask("set_limits", { user_id, max_position: 1000 });
  await openLadder(C160);
  await click("tab-quote");
  await expect.poll(() => attribute("quote-message", "class")).toMatch(/dim/);
});

test("rows without a middle are not counted as ready, and show where to type it", async () => {
  await move(700, 3);
  await press("v");
  await check("grid-all-calls");
  await expect.poll(() => text("grid-send")).toBe("Send all (0)");
  await expect.poll(() => isDisabled("grid-send")).toBe(true);
  await fill(`grid-${C160}-mid`, "20");
  await pressIn(`grid-${C160}-mid`, "Enter");
  await expect.poll(() => text("grid-send")).toBe("Send all (1)");
  await expectAccessible();
  await uncheck("grid-all-calls");
  await press("v");
  await expect
    .poll(() => count(page.getByLabelText("Size of a click on the chain")))
    .toBeGreaterThan(0);
  // The grid, opened again, still updates its numbers.
  await press("v");
  await expect.poll(() => text("grid-send")).toBe("Send all (0)");
  await check("grid-all-calls");
  await expect.poll(() => text("grid-send")).toBe("Send all (1)");
  await uncheck("grid-all-calls");
  await expect.poll(() => text("grid-send")).toBe("Send all (0)");
  await press("v");
});

test("a primary button under the pointer does not look like one that cannot be pressed", async () => {
  await click("tab-quote");
  const look = () => {
    const { backgroundColor, opacity } = getComputedStyle(id("quote-submit").element());
    return [backgroundColor, opacity];
  };
  await move(700, 3);
  const before = look();
  await hover("quote-submit");
  expect(look()).toEqual(before);
  await move(700, 3);
});

test("at 1280 a single ladder takes the room that is too narrow for a chart", async () => {
  bo.ask("order_new", { inst: JAR, side: "buy", price: 100, qty: 1 });
  await ticket(JAR, "sell", "100", "1");
  await shown("chart");
  await resize({ width: 1280, height: 800 });
  await expect.poll(() => count("chart")).toBe(0);
  const { x, width } = box(`ladder-${JAR}`);
  expect(Math.round(x + width)).toBe(1280 - 340);
});

test("settled options keep their names, strike and all", async () => {
  host.ask("settle", { inst: JAR, value: 18 });
  await shown(id(`instrument-${C160}`).getByText("Settled"));
  for (const room of [desktop, laptop]) {
    await resize(room);
    const cut = css('nav [data-testid^="instrument-"] .end')
      .elements()
      .filter((end) => end.scrollWidth > end.clientWidth);
    expect(cut).toEqual([]);
    await expect
      .poll(() => id(`instrument-${C160}`).element().textContent)
      .toMatch(/coins jar 160C/);
  }
});

test("after the end the results are in the head, over nothing, and cancelling is not offered", async () => {
  host.ask("session", { state: "closed" });
  await click("over-stay");
  const results = box("show-results");
  const head = box(css("header").first());
  expect(results.y + results.height).toBeLessThanOrEqual(head.y + head.height);
  await expect.poll(() => isDisabled("cancel-all")).toBe(true);
  await expectAccessible();
  await click("show-results");
  await shown("session-over");
});
