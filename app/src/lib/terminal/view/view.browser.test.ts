/**
 * Tests a trader's view of an underlying: values, edges, and quotes around the values, with the exchange's book
 * checked.
 */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  box,
  chainSize,
  check,
  click,
  count,
  css,
  fill,
  fillTicket,
  gone,
  hover,
  id,
  isDisabled,
  isVisible,
  ladderPrice,
  move,
  openLadder,
  pointNowhere,
  press,
  pressIn,
  shown,
  text,
  texts,
  uncheck,
  value,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import type { Message } from "#protocol";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

const X = 1;
/** Calls and puts in the order of listing. */
const [C90, P90, C100, P100, C110] = [2, 3, 4, 5, 6] as const;

let exchange: Exchange;
let bo: Program;
let seat: Page;

beforeEach(async () => {
  exchange = new Exchange();
  exchange.list("X", { tick_size: 0.5, min_price: 0, max_price: 200 });
  exchange.listStrip(X, "X", [90, 100, 110, 120, 130]);
  bo = exchange.program("Bo");
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 3.5, ask_qty: 15 });
  bo.ask("quote", { inst: P100, bid: 4.5, bid_qty: 8, ask: 6, ask_qty: 1200 });
  seat = await Page.open(exchange, "Ana");
  await shown(`chain-${C100}-ask`);
});

const book = (inst: number) => exchange.book(inst);
const heads = () => texts(id("chain").css("thead tr").nth(1).css("th"));
const edges = (inst: number) =>
  (["bid", "ask"] as const).map((side) => text(`chain-${inst}-${side}-edge`));

async function view(mean: string, sd: string): Promise<void> {
  await click("view-open");
  await fill("view-mean", mean);
  await fill("view-sd", sd);
  await pressIn("view-sd", "Enter");
  await gone("my-view");
}

test("a view gives values and edges, follows the market while it has no mean, and is remembered", async () => {
  await expect.poll(() => heads()).toHaveLength(15);
  await move(700, 3);
  await pressIn("view-open", "Enter");
  await expect.poll(() => document.activeElement?.tagName).toBe("INPUT");
  await fill("view-sd", "-3");
  await shown(id("my-view").getByText("Zero or more."));
  await fill("view-sd", "10");
  await expect.poll(() => text("view-likely")).toContain("between 90.0 and 110.0");
  // Escape closes the form, and cancels no order. In the field it would take back what was typed there.
  await press("Tab");
  await press("Escape");
  await expect.poll(() => isVisible("my-view")).toBe(false);
  await expect.poll(() => text("view-open")).toBe("Mid ± 10.0");
  await expect.poll(() => heads()).toContain("Theo");
  await expect.poll(() => text(`chain-${C100}-theo`)).toBe("4.0");
  await expect.poll(() => text(`chain-${C110}-theo`)).toBe("0.8");
  // The value is 3.99, against a bid of 2 and an ask of 3.5: buying gains, and selling loses.
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+0.5"]);
  await expect.poll(() => edges(P100)).toEqual(["+0.5", "−2.0"]);
  await expect
    .poll(() => attribute(`chain-${C100}-ask`, "title"))
    .toMatch(/^Edge \+0\.5 a unit for buying here/);
  await expect
    .poll(() => attribute(`chain-${C100}-ask`, "aria-label"))
    .toMatch(/buy, edge \+0\.5$/);
  bo.ask("quote", { inst: X, bid: 109, bid_qty: 50, ask: 111, ask_qty: 50 });
  await expect.poll(() => text(`chain-${C110}-theo`)).toBe("4.0");
  await view("105", "10");
  await expect.poll(() => text("view-open")).toBe("105.0 ± 10.0");
  await expect.poll(() => text(`chain-${C100}-theo`)).toBe("7.0");
  bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await seat.reload();
  await expect.poll(() => text("view-open")).toBe("105.0 ± 10.0");
  await expect.poll(() => edges(C100)).toEqual(["−5.0", "+3.5"]);
});

test("an edge moves with the price, no column with either, and a click trades at it", async () => {
  await view("100", "10");
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+0.5"]);
  const cell = () => box(`chain-${C100}-ask`);
  const before = cell();
  bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 15, ask_qty: 15 });
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "−11.0"]);
  expect(cell()).toEqual(before);
  bo.ask("quote", { inst: C100, bid: 2, bid_qty: 20, ask: 3, ask_qty: 15 });
  await expect.poll(() => edges(C100)).toEqual(["−2.0", "+1.0"]);
  expect(cell()).toEqual(before);
  await chainSize(10);
  await click(`chain-${C100}-ask`);
  await expect.poll(() => text(`chain-${C100}-position`)).toBe("+10");
  await expect.poll(() => book(C100).asks).toEqual([[3, 5]]);
});

test("ladders mark the value, the ticket counts the edge", async () => {
  await view("100", "10");
  await openLadder(C100);
  const row = ladderPrice(C100, 4);
  await expect
    .poll(() => attribute(row.getByTestId("ladder-theo"), "aria-label"))
    .toBe("Your theoretical value 4.0");
  await expect.poll(() => attribute(row, "title")).toMatch(/^Your theoretical value 4\.0/);
  await expect
    .poll(() => attribute(id(`ladder-${X}`).getByTestId("ladder-theo"), "aria-label"))
    .toBe("Your theoretical value 100.0");
  await check("ticket-side-buy");
  await fill("ticket-price", "3");
  await fill("ticket-qty", "20");
  await expect.poll(() => text("ticket-edge")).toBe("+1.0 each, +19.79 in all");
  await check("ticket-side-sell");
  await expect.poll(() => text("ticket-edge")).toBe("−1.0 each, −19.79 in all");
  await expectAccessible("ladders");
});

test("an order beyond what an option can settle at is questioned, in the ticket and under the pointer", async () => {
  await openLadder(C100);
  await fillTicket("buy", "100", "20");
  // At its worth it is not questioned: the ticket only says what becomes of the rest.
  await expect.poll(() => text("ticket-message")).toBe("15 now, 5 left waiting at 100.0.");
  await fill("ticket-price", "100.5");
  const most = "Above what it can settle at within the bounds: 100.0 at most.";
  await expect.poll(() => text("ticket-message")).toBe(most);
  // The ask of 3.5 is worth taking at any limit.
  await fill("ticket-qty", "5");
  await expect.poll(() => text("ticket-message")).toBe("");
  const dear = { inst: C110, side: "sell", price: 90.5, qty: 1 } as const;
  const { order_id } = bo.ask("order_new", dear) as Message<"order_ack">;
  await hover(`chain-${C110}-ask`);
  await expect
    .poll(() => text("hint"))
    .toMatch(/^Click: buy 1 of 10 X 110C at 90\.5, 9 cancelled \(settles at 90\.0 at most\)/);
  bo.ask("cancel", { order_id });
  await move(700, 3);
});

test("the grid quotes around the values of the view", async () => {
  await view("100", "10");
  await pointNowhere();
  await press("v");
  await shown("quote-grid");
  await expect.poll(() => isDisabled("grid-from-view")).toBe(true);
  for (const inst of [C90, P90, C110]) await check(`grid-${inst}-tick`);
  await fill("grid-width", "2");
  await fill("grid-size", "7");
  await click("grid-from-view");
  await expect.poll(() => value(`grid-${C90}-mid`)).toBe("11.0");
  await click("grid-send");
  await expect.poll(() => text("grid-summary")).toBe("3 working");
  expect([C90, P90, C110].map(book)).toEqual([
    { bids: [[10.5, 7]], asks: [[11.5, 7]] },
    { bids: [[0.5, 7]], asks: [[1.5, 7]] },
    { bids: [[0.5, 7]], asks: [[1.5, 7]] },
  ]);
  await press("v");
  // The user's own order shows an edge as well, but not as a gain: nobody else offers it.
  await view("120", "10");
  await expect.poll(() => edges(C90)).toEqual(["−19.5", "+18.5"]);
  const cell = (inst: number) => css(`td:has(> [data-testid="chain-${inst}-ask"])`);
  await expect.poll(() => attribute(cell(C90), "class")).not.toMatch(/gain/);
  await expect.poll(() => attribute(cell(C100), "class")).toMatch(/gain/);
});

test("columns are the trader's choice; a view that is cleared takes its own along", async () => {
  await view("100", "10");
  await expect.poll(() => count(`chain-${C100}-ask-edge`)).toBe(1);
  await click("chain-choose");
  await check("chain-column-delta");
  await uncheck("chain-column-edge");
  await press("Escape");
  await expect.poll(() => text(`chain-${C100}-delta`)).toBe("+0.50");
  await expect.poll(() => text(`chain-${P100}-delta`)).toBe("−0.50");
  await expect.poll(() => count(`chain-${C100}-ask-edge`)).toBe(0);
  await click("view-open");
  await click("view-clear");
  await press("Escape");
  await expect.poll(() => text("view-open")).toBe("My view");
  await expect.poll(() => heads()).toHaveLength(15);
  await expect.poll(() => count("ladder-theo")).toBe(0);
});

test("in a narrow bright window the view and the chain have their room", async () => {
  seat.close();
  await Page.open(exchange, "Dee", { size: laptop, theme: "light" });
  await shown(`chain-${C100}-ask`);
  await click("view-open");
  await fill("view-sd", "12");
  await expect.poll(() => edges(C100)).toEqual(["−2.8", "+1.3"]);
  await expectAccessible();
  await pressIn("view-sd", "Enter");
  await gone("my-view");
  const { scrollWidth, clientWidth } = id("chain").css("table").element().parentElement!;
  expect(scrollWidth).toBe(clientWidth);
});
