/** Tests the simple view as somebody sees it who opens the link on a phone, and has never traded. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible, expectReadable } from "#lib/testing/accessible.ts";
import {
  box,
  choose,
  count,
  css,
  element,
  fill,
  gone,
  id,
  isDisabled,
  isVisible,
  middle,
  resize,
  shown,
  sidewaysOverflow,
  tap,
  text,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { expectBook, Page } from "#lib/testing/page.ts";
import { phone, setTheme } from "#lib/testing/stage.ts";

const JAR = 1;
const question =
  "How many coins are in the jar on the lecturer's desk, before anybody takes one out?";

let exchange: Exchange;
let bo: Program;
beforeEach(() => {
  exchange = new Exchange();
  exchange.list("JAR", { description: question, max_price: 2_000, min_price: 0 });
  bo = exchange.program("Bo");
});
const open = (name = "Ana") => Page.open(exchange, name, { size: phone, view: "first" });
const book = () => exchange.book(JAR);

test("a newcomer reads what is traded and makes the first price, in five presses", async () => {
  await open();
  await shown("simple-empty");
  expect(text("question")).toBe(question);
  expect(text("simple-empty")).toMatch(/No prices yet\.\s*Be the first/);
  expect(text("simple-position")).toBe("You have not traded JAR yet.");
  expect(isDisabled("cancel-all")).toBe(true);
  for (const name of ["question", "simple-make", "cancel-all"])
    expect(box(name).y + box(name).height, `${name} in sight`).toBeLessThan(phone.height);
  await expectAccessible("empty");
  await tap("simple-make");
  await fill("make-bid", "450");
  await fill("make-ask", "550");
  expect(text("make-effect")).toBe("You buy 10 from anybody at 450, or sell 10 to anybody at 550.");
  await expectAccessible("form");
  await tap("make-send");
  await expectBook(exchange, JAR).toEqual({ bids: [[450, 10]], asks: [[550, 10]] });
  await expect.poll(() => text("make-status")).toBe("Your price stands in the market.");
  expect(text("simple-bid")).toMatch(/No bid yet\s*Yours, best: 10 at 450/);
  await expectAccessible("own price");
});

test.each([640, 680])(
  "on a screen of %i px the form of an own price opens with its fields in sight, and not under its buttons",
  async (height) => {
    bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
    await open();
    await resize({ width: 390, height });
    await tap("simple-make");
    for (const name of ["make-bid", "make-ask"])
      await expect.poll(() => document.elementFromPoint(...middle(box(name)))).toBe(element(name));
  },
);

test("Buy and Sell trade at the price they show, and position and result are said in words", async () => {
  bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
  await open();
  await expect.poll(() => text("simple-buy")).toMatch(/Buy 10\s*at 550/);
  expect(text("simple-bid")).toMatch(/Bid others buy at\s*540\s*20 wanted/);
  await tap("simple-buy");
  await expect
    .poll(() => text("simple-position"))
    .toBe("You bought 10 at 550: you gain if it settles above 550.");
  bo.ask("quote", { inst: JAR, bid: 560, bid_qty: 3, ask: 564, ask_qty: 20 });
  await expect
    .poll(() => text("simple-sell"))
    .toMatch(/Sell 10\s*3 of 10 at 560; the rest is cancelled/);
  await expect.poll(() => text("simple-trade")).toMatch(/10 at 550\s*you bought/);
  await expectAccessible();
  // The rest of an order that finds too little is cancelled, and that is said.
  await tap("simple-sell");
  await shown(page.getByText(/Sold 3 .* 7 cancelled\./).first());
  expect(exchange.held("Ana")).toEqual({ [JAR]: 7 });
  expect(book().asks).toEqual([[564, 20]]);
  exchange.host.ask("settle", { inst: JAR, value: 612 });
  await expect.poll(() => text("simple-position")).toBe("JAR settled at 612");
  // Three sold at 560 that cost 550, and seven paid at 612.
  expect(text("simple-pnl")).toBe("+464.00");
});

test("Buy stands left of Sell, as in the ladder, the ticket and an own price", async () => {
  bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
  await open();
  await expect.poll(() => text("simple-buy")).toMatch(/at 550/);
  expect(box("simple-buy").x).toBeLessThan(box("simple-sell").x);
  await tap("simple-make");
  expect(box("make-bid").x).toBeLessThan(box("make-ask").x);
});

test("news of two lines is read whole", async () => {
  await open();
  exchange.host.ask("news", { text: "A second jar was found behind the desk, with as many coins" });
  const words = css("[data-testid=news] .text");
  await expect.poll(() => text(words)).toMatch(/^A second jar .* as many coins$/);
  const { clientHeight, scrollHeight } = element(words);
  expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
  expect(clientHeight).toBeGreaterThanOrEqual(2 * 12);
});

test("an own price waits and never trades at once, unless that is wanted", async () => {
  bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
  const seat = await open();
  await tap("simple-make");
  // The others' prices are the beginning, and joining them is sound.
  await expect.poll(() => text("make-effect")).toContain("at 540, or sell 10 to anybody at 550");
  await fill("make-bid", "555");
  await fill("make-ask", "560");
  await shown(page.getByText("Somebody sells at 550: your buying price must be lower to wait."));
  expect(isDisabled("make-send")).toBe(true);
  await fill("make-bid", "545");
  await tap("make-send");
  await expect.poll(book).toMatchObject({
    bids: [
      [545, 10],
      [540, 20],
    ],
  });
  expect(seat.sentOf("quote")[0]).toMatchObject({ post_only: true, bid: 545, ask: 560 });
  await expect.poll(() => text("simple-bid")).toContain("Yours, best: 10 at 545");
  await expect.poll(() => count("simple-order")).toBe(2);
  expect(text(id("simple-order").first())).toMatch(/Sell 10 at 560|Buy 10 at 545/);
  await tap(id("simple-cancel").first());
  await expect.poll(() => count("simple-order")).toBe(1);
  await tap("make-pull");
  await expect.poll(() => count("simple-order")).toBe(0);
  expect(book()).toEqual({ bids: [[540, 20]], asks: [[550, 20]] });
  await expect.poll(() => isDisabled("cancel-all")).toBe(true);
});

test("a side of the own price that was taken is said to be gone, and one press puts it back", async () => {
  await open();
  await tap("simple-make");
  await fill("make-bid", "450");
  await fill("make-ask", "550");
  await tap("make-send");
  await expect.poll(() => text("make-status")).toBe("Your price stands in the market.");
  bo.ask("order_new", { inst: JAR, side: "sell", price: 450, qty: 4 });
  await expect
    .poll(() => text("make-effect"))
    .toBe("You buy 6 from anybody at 450. You sell 10 to anybody at 550.");
  bo.ask("order_new", { inst: JAR, side: "sell", price: 450, qty: 6 });
  await expect.poll(() => text("make-status")).toContain("Your bid at 450 is gone");
  expect(isDisabled("make-send")).toBe(false);
  await tap("make-back");
  await expectBook(exchange, JAR).toEqual({ bids: [[450, 10]], asks: [[550, 10]] });
  await expect.poll(() => text("make-status")).toBe("Your price stands in the market.");
});

test("a first price starts around the opening price, and one side may stay empty", async () => {
  exchange.list("FISH", { opening_price: 200 });
  await open();
  await choose("instrument", "2");
  await tap("simple-make");
  await expect.poll(() => text("make-effect")).toContain("at 190, or sell 10 to anybody at 210");
  await fill("make-ask", "");
  await expect.poll(() => text("make-effect")).toBe("You buy 10 from anybody at 190.");
  await tap("make-send");
  await expectBook(exchange, 2).toEqual({ bids: [[190, 10]], asks: [] });
});

test("an option says what it pays, and where its position gains", async () => {
  exchange.list("JAR 500C", { type: "CALL", reference_id: JAR, strike: 500, tick_size: 0.5 });
  bo.ask("quote", { inst: 2, bid: 20, bid_qty: 20, ask: 22.5, ask_qty: 20 });
  await open();
  await choose("instrument", "2");
  await expect
    .poll(() => text("question"))
    .toBe(`Pays what JAR is above 500, else nothing. JAR: ${question}`);
  await tap("simple-sell");
  await expect
    .poll(() => text("simple-position"))
    .toBe("You sold 10 at 20.0: you gain if JAR settles below 520.0.");
});

test("the simple view is the first on a phone; the ladder is one tab away, and the choice is kept", async () => {
  bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
  const seat = await open();
  await shown("simple");
  expect(isVisible("thumb-buy")).toBe(false);
  await tap("view-ladder");
  await shown(`ladder-${JAR}`);
  // The question stays in sight, in two lines at most, and a tap shows all of it over what is below.
  const asked = box("question");
  expect(text("question")).toBe(question);
  const grid = () => box(id(`ladder-${JAR}`).getByRole("grid"));
  const before = grid();
  expect(asked.y + asked.height).toBeLessThanOrEqual(before.y);
  await tap("question");
  expect(box("question").height).toBeGreaterThanOrEqual(asked.height);
  expect(grid()).toEqual(before);
  await seat.reload();
  await shown(`ladder-${JAR}`);
  await tap("view-simple");
  await seat.reload();
  await shown("simple");
});

test("paused, halted and spectators: it says so, and offers nothing that would be refused", async () => {
  bo.ask("quote", { inst: JAR, bid: 540, bid_qty: 20, ask: 550, ask_qty: 20 });
  await open();
  exchange.host.ask("session", { state: "paused" });
  await expect.poll(() => text("simple-block")).toMatch(/paused/);
  for (const name of ["simple-buy", "simple-sell", "simple-make"])
    expect(isDisabled(name), name).toBe(true);
  await expectAccessible("paused");
  exchange.host.ask("session", { state: "open" });
  await gone("simple-block");
});

test("ugly numbers fit, in both themes and on the side", async () => {
  exchange.list("A VERY LONG NAME", {
    tick_size: 0.5,
    description: `${question} And who has put them there?`,
  });
  bo.ask("quote", { inst: 2, bid: 1_234_567.5, bid_qty: 9_999, ask: 1_234_999.5, ask_qty: 9_999 });
  await open("Somebody with long names");
  await choose("instrument", "2");
  await expect.poll(() => text("simple-bid")).toContain("1,234,567.5");
  await tap("simple-make");
  for (const size of [phone, { width: 320, height: 640 }, { width: 844, height: 390 }]) {
    await resize(size);
    expect(sidewaysOverflow(), `${size.width}`).toBe(0);
    for (const cell of id("simple-market").css(".price").elements())
      expect(cell.scrollWidth, `${size.width}`).toBeLessThanOrEqual(cell.clientWidth);
  }
  await resize(phone);
  setTheme("light");
  await expectReadable("light");
});
