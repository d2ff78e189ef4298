/** Tests that problems of first-time players on a phone have not come back. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  attribute,
  box,
  count,
  css,
  id,
  isDisabled,
  ladderCell,
  oneLine,
  overlap,
  resize,
  shown,
  size,
  tap,
  text,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { phone } from "#lib/testing/stage.ts";

const JAR = 1;

let exchange: Exchange;
let bo: Program;

beforeEach(async () => {
  exchange = new Exchange();
  exchange.list("coins jar");
  for (const strike of [160, 170])
    for (const type of ["CALL", "PUT"] as const)
      exchange.list(`coins jar ${strike}${type[0]}`, { type, reference_id: JAR, strike });
  bo = exchange.program("Bo");
  bo.ask("quote", { inst: JAR, bid: 95, bid_qty: 50, ask: 105, ask_qty: 50 });
});

/** Opens Dee's page and sets a size of ten. */
async function openPhone(): Promise<Page> {
  const page = await Page.open(exchange, "Dee", { size: phone });
  await expect.poll(() => text(ladderCell(JAR, "bid", 95))).toBe("50");
  await size(JAR, 10);
  return page;
}
const book = () => exchange.book(JAR);

test("on a locked phone it says so, and a tap on the ladder leads to the ticket with its price", async () => {
  await openPhone();
  await tap("view-ticket");
  await tap("arm");
  await tap("view-ladder");
  await expect.poll(() => text("thumb-locked")).toMatch(/^Locked/);
  await expectAccessible();
  await tap(ladderCell(JAR, "bid", 101));
  await expect.poll(() => oneLine("ticket-submit")).toBe("Buy 10 coins jar at 101");
  await tap("view-ladder");
  await tap("thumb-buy");
  await expect.poll(() => oneLine("ticket-submit")).toBe("Buy 10 coins jar at 105");
  await tap("arm");
  await tap("view-ladder");
  await expect.poll(() => count("thumb-locked")).toBe(0);
  expect(book().bids).toEqual([[95, 50]]);
});

test("a line that goes silent, then a lost connection, are said in a line of their own", async () => {
  stopClock();
  const seat = await openPhone();
  const line = seat.lines[0]!;
  line.isSilent = true;
  // Time for two pings: the first has no answer when the second is due.
  await pass(5_100);
  await shown(page.getByText(/No answer for \d s: prices may be old/).first());
  line.isSilent = false;
  line.deliver();
  await expect.poll(() => attribute("connection", "data-state")).toBe("online");
  await expect.poll(() => text("connection-voice")).toBe("Connected again");
  seat.isCut = true;
  line.drop();
  await shown(page.getByText(/Connection lost/).first());
  const lost = box("connection");
  for (const other of ["session-state", "pnl-total", "instrument"])
    expect(overlap(lost, box(other)), other).toBe(false);
  seat.isCut = false;
  await pass(2_500);
  await expect.poll(() => text("connection-voice")).toBe("Connected again");
});

test("the phone's big buttons leave one's own orders out", async () => {
  await openPhone();
  bo.ask("quote", { inst: JAR, bid: 95, bid_qty: 50 });
  await expect.poll(() => text("thumb-buy")).toMatch(/No offer/);
  await tap(ladderCell(JAR, "ask", 99));
  await expect.poll(book).toMatchObject({ asks: [[99, 10]] });
  await expect.poll(() => text("thumb-buy")).toMatch(/No offer/);
  await expect.poll(() => isDisabled("thumb-buy")).toBe(true);
  await expect.poll(() => text("thumb-sell")).toMatch(/95/);
  bo.ask("order_new", { inst: JAR, side: "sell", price: 104, qty: 3 });
  await expect.poll(() => text("thumb-buy")).toMatch(/104/);
  await tap("cancel-all");
});

test("hold to move: what to do next covers no price, and the order under way is whole", async () => {
  await openPhone();
  await tap(ladderCell(JAR, "ask", 101));
  const own = ladderCell(JAR, "my-ask", 101);
  await expect.poll(() => text(own.css(".working"))).toBe("10");
  const finger = { pointerId: 7, pointerType: "touch", isPrimary: true, button: 0, bubbles: true };
  own.css(".working").element().dispatchEvent(new PointerEvent("pointerdown", finger));
  const hint = page.getByText(/Tap the price to move it to/);
  await shown(hint);
  const rows = id(`ladder-${JAR}`).getByRole("row");
  expect(overlap(box(hint), box(rows.first()))).toBe(false);
  const cell = box(own);
  const ghost = box(own.css(".ghost"));
  expect(ghost.x + ghost.width).toBeLessThanOrEqual(cell.x + cell.width);
  own.element().dispatchEvent(new PointerEvent("pointerup", finger));
  await tap("cancel-all");
  await expect.poll(book).toMatchObject({ asks: [[105, 50]] });
  // The cancelled order has no hint any more.
  await expect.poll(() => count(hint)).toBe(0);
});

test("in a very small upright window nothing lies over the ladder", async () => {
  await openPhone();
  await resize({ width: 320, height: 480 });
  const rows = box(id(`ladder-${JAR}`).getByRole("grid"));
  for (const name of ["thumb-buy", "thumb-sell", "cancel-all", "view-ladder"]) {
    const button = box(name);
    expect(overlap(rows, button), name).toBe(false);
    expect(button.x + button.width, name).toBeLessThanOrEqual(320);
    expect(button.y + button.height, name).toBeLessThanOrEqual(480);
  }
});

test("after the end the results are in the head, over nothing, and cancelling is not offered", async () => {
  await openPhone();
  exchange.host.ask("session", { state: "closed" });
  await tap("over-stay");
  const results = box("show-results");
  const head = box(css("header").first());
  expect(results.y + results.height).toBeLessThanOrEqual(head.y + head.height);
  await expect.poll(() => isDisabled("cancel-all")).toBe(true);
  await expectAccessible();
  await tap("show-results");
  await shown("session-over");
});
