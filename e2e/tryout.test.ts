/** What somebody who tried the game for the first time stumbled over, on a desktop and on a phone. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, WebSocketRoute } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, laptop, launch, Person, phone } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const JAR = 1;
const C160 = 2;
const strikes = [160, 170, 180, 190, 200];

let browser: Browser;
let room: WireRoom;
let host: WireClient;
let bo: WireClient;
let ana: Person;
let small: Person;
/** The jar is settled: there is no market to begin from. */
let isOver = false;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  room = await WireRoom.make(url);
  host = await room.hostWith("coins jar");
  for (const strike of strikes)
    for (const type of ["CALL", "PUT"] as const)
      await host.ask("add_instrument", {
        ...{ symbol: `coins jar ${strike}${type[0]}`, type, reference_id: JAR, strike },
        tick_size: 1,
      });
  bo = await room.trader("Bo");
  ana = await Person.open(browser, desktop);
  await ana.join(room.link, "Ana");
  small = await Person.open(browser, phone);
  await small.join(room.link, "Dee");
  await ana.openLadder(JAR);
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});
beforeEach(async () => {
  if (isOver) return;
  await bo.ask("cancel_all", {});
  await bo.ask("quote", { inst: JAR, bid: 95, bid_qty: 50, ask: 105, ask_qty: 50 });
  await expect.poll(() => ana.ladder(JAR, "bid", 95).innerText()).toBe("50");
  await ana.steady(JAR);
});

const shoot = (person: Person, name: string) =>
  person.page.screenshot({ path: path.join(pictures, `tryout-${name}.png`) });
const box = async (person: Person, id: string) => {
  const found = await person.id(id).first().boundingBox();
  if (found === null) throw new Error(`${id} is not to be seen`);
  return found;
};
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
/** The book as the exchange has it. */
async function book() {
  const { bids, asks } = (await bo.ask("get_snapshot", { inst: JAR })) as Message<"snapshot">;
  return { bids, asks };
}
/** Where the focus is, by the name of the element. */
const focused = (person: Person) =>
  person.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);

test("a price pressed while locked is in the ticket though its tab was not showing, and outlasts other tabs", async () => {
  await ana.id("arm").click();
  await ana.id("tab-quote").click();
  await ana.ladder(JAR, "ask", 99).click();
  await expect.poll(() => ana.id("ticket-submit").innerText()).toBe("Sell 10 coins jar at 99");
  await ana.id("ticket-price").fill("103");
  await ana.id("tab-quote").click();
  await ana.id("tab-order").click();
  await expect.poll(() => ana.id("ticket-price").inputValue()).toBe("103");
  await ana.id("ticket-submit").click();
  await expect.poll(book).toEqual({
    bids: [[95, 50]],
    asks: [
      [103, 10],
      [105, 50],
    ],
  });
  await ana.id("arm").click();
  await ana.page.keyboard.press("e");
  await expect.poll(book).toMatchObject({ asks: [[105, 50]] });
});

test("on a locked phone it says so, and a tap on the ladder leads to the ticket with its price", async () => {
  await small.id("view-ticket").tap();
  await small.id("arm").tap();
  await small.id("view-ladder").tap();
  await expect.poll(() => small.id("thumb-locked").innerText()).toMatch(/^Locked/);
  await shoot(small, "phone-locked");
  await expectAccessible(small);
  await small.ladder(JAR, "bid", 101).tap();
  await expect.poll(() => small.id("ticket-submit").innerText()).toBe("Buy 10 coins jar at 101");
  await small.id("view-ladder").tap();
  await small.id("thumb-buy").tap();
  await expect.poll(() => small.id("ticket-submit").innerText()).toBe("Buy 10 coins jar at 105");
  await small.id("arm").tap();
  await small.id("view-ladder").tap();
  await expect.poll(() => small.id("thumb-locked").count()).toBe(0);
  expect((await book()).bids).toEqual([[95, 50]]);
});

test("a line that goes silent, then a lost connection, are said in a line of their own on the phone", async () => {
  const eve = await Person.open(browser, phone);
  let isCut = false;
  let isHeld = false;
  const lines: WebSocketRoute[] = [];
  await eve.page.routeWebSocket(/\/ws\//, (line) => {
    if (isCut) return void line.close({ code: 1001 });
    lines.push(line);
    const server = line.connectToServer();
    server.onMessage((message) => void (isHeld || line.send(message)));
  });
  await eve.join(room.link, "Eve");
  isHeld = true;
  await eve.page
    .getByText(/No answer for \d s: prices may be old/)
    .first()
    .waitFor({ timeout: 8_000 });
  await shoot(eve, "phone-silent");
  isHeld = false;
  await expect.poll(() => eve.id("connection").getAttribute("data-state")).toBe("online");
  await expect.poll(() => eve.id("connection-voice").innerText()).toBe("Connected again");
  isCut = true;
  for (const line of lines) await line.close({ code: 1001 });
  await eve.page
    .getByText(/Connection lost/)
    .first()
    .waitFor();
  const lost = await box(eve, "connection");
  for (const other of ["session-state", "pnl-total", "instrument"])
    expect(overlap(lost, await box(eve, other)), other).toBe(false);
  await shoot(eve, "phone-lost");
  await eve.close();
});

test("the phone's big buttons leave one's own orders out", async () => {
  await bo.ask("quote", { inst: JAR, bid: 95, bid_qty: 50 });
  await small.ladder(JAR, "ask", 99).tap();
  await expect.poll(book).toMatchObject({ asks: [[99, 10]] });
  await expect.poll(() => small.id("thumb-buy").innerText()).toMatch(/No offer/);
  await expect.poll(() => small.id("thumb-buy").isDisabled()).toBe(true);
  await expect.poll(() => small.id("thumb-sell").innerText()).toMatch(/95/);
  await bo.ask("order_new", { inst: JAR, side: "sell", price: 104, qty: 3 });
  await expect.poll(() => small.id("thumb-buy").innerText()).toMatch(/104/);
  await small.id("cancel-all").tap();
});

test("hold to move: what to do next covers no price, and the order under way is whole", async () => {
  await small.ladder(JAR, "ask", 101).tap();
  const own = small.id(`ladder-${JAR}`).getByTestId("ladder-my-ask-101000000");
  await expect.poll(() => own.locator(".working").innerText()).toBe("10");
  await own.locator(".working").dispatchEvent("pointerdown", {
    ...{ pointerId: 7, pointerType: "touch", isPrimary: true, button: 0, bubbles: true },
  });
  const hint = small.page.getByText(/Tap the price to move it to/);
  await hint.waitFor();
  const rows = small.id(`ladder-${JAR}`).getByRole("row");
  expect(overlap((await hint.boundingBox())!, (await rows.first().boundingBox())!)).toBe(false);
  const cell = (await own.boundingBox())!;
  const ghost = (await own.locator(".ghost").boundingBox())!;
  expect(ghost.x + ghost.width).toBeLessThanOrEqual(cell.x + cell.width);
  await shoot(small, "phone-carry");
  await own.dispatchEvent("pointerup", { pointerId: 7, pointerType: "touch", bubbles: true });
  await small.id("cancel-all").tap();
  await expect.poll(book).toMatchObject({ asks: [[105, 50]] });
  // What is gone is no longer under way either.
  await hint.waitFor({ state: "detached" });
});

test("a quote half of which is gone says which, and an update refills it", async () => {
  await ana.id("tab-quote").click();
  for (const [field, value] of Object.entries({
    bid: "97",
    ask: "103",
    "bid-qty": "5",
    "ask-qty": "5",
  }))
    await ana.id(`quote-${field}`).fill(value);
  await ana.id("quote-submit").click();
  await expect.poll(() => ana.id("quote").innerText()).toMatch(/Live/);
  await bo.ask("order_new", { inst: JAR, side: "buy", price: 103, qty: 5 });
  await bo.ask("order_new", { inst: JAR, side: "sell", price: 97, qty: 2 });
  await expect
    .poll(() => ana.id("quote-message").innerText())
    .toBe("Your bid rests: 3 at 97, your offer is gone. Update refills it.");
  await expectAccessible(ana);
  await shoot(ana, "half-quote");
  await ana.id("quote-submit").click();
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
  await ana.id("quote-pull").click();
  await expect.poll(book).toMatchObject({ bids: [[95, 50]] });
});

test("the search ends in the rows of the ladder", async () => {
  await ana.page.keyboard.press("/");
  await ana.page.keyboard.type("200P");
  await ana.page.keyboard.press("Enter");
  await expect.poll(() => focused(ana)).toBe("coins jar 200P ladder");
  await ana.page.getByRole("button", { name: "Close the ladder of coins jar 200P" }).click();
});

test("a refusal is told once, beside the click and off the best prices; nothing red greets a fresh quote", async () => {
  const user_id = host.all("user_joined").find(({ name }) => name === "Ana")?.user_id;
  await host.ask("set_limits", { user_id, max_position: 3 });
  await bo.ask("quote", { inst: JAR, bid: 100, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(() => ana.ladder(JAR, "ask", 101).innerText()).toBe("50");
  await ana.ladder(JAR, "bid", 101).click();
  const strip = ana.id("ladder-refusal");
  await strip.waitFor();
  const told = (await strip.boundingBox())!;
  for (const [side, price] of [
    ["bid", 100],
    ["ask", 101],
  ] as const)
    expect(overlap(told, (await ana.ladder(JAR, side, price).boundingBox())!)).toBe(false);
  const said = await strip.innerText();
  const seen = await ana.page
    .getByText(said, { exact: true })
    .evaluateAll(
      (all) =>
        all.filter((one) => one.closest(".hidden-text") === null && one.checkVisibility()).length,
    );
  expect(seen).toBe(1);
  await expect.poll(() => ana.page.getByRole("alert").allInnerTexts()).toContain(said);
  await shoot(ana, "refusal");
  await host.ask("set_limits", { user_id, max_position: 1000 });
  await ana.openLadder(C160);
  await expect.poll(() => ana.id("quote-message").getAttribute("class")).toMatch(/dim/);
  await shoot(ana, "fresh-quote");
});

test("rows without a middle are not counted as ready, and show where to type it", async () => {
  await ana.page.mouse.move(700, 3);
  await ana.page.keyboard.press("v");
  await ana.id("grid-all-calls").check();
  await expect.poll(() => ana.id("grid-send").innerText()).toBe("Send all (0)");
  await expect.poll(() => ana.id("grid-send").isDisabled()).toBe(true);
  await ana.id(`grid-${C160}-mid`).fill("20");
  await ana.id(`grid-${C160}-mid`).press("Enter");
  await expect.poll(() => ana.id("grid-send").innerText()).toBe("Send all (1)");
  await shoot(ana, "grid");
  await expectAccessible(ana);
  await ana.id("grid-all-calls").uncheck();
  await ana.page.keyboard.press("v");
  await expect
    .poll(() => ana.page.getByLabel("Size of a click on the chain").count())
    .toBeGreaterThan(0);
  // Opened again it goes on counting.
  await ana.page.keyboard.press("v");
  await expect.poll(() => ana.id("grid-send").innerText()).toBe("Send all (0)");
  await ana.id("grid-all-calls").check();
  await expect.poll(() => ana.id("grid-send").innerText()).toBe("Send all (1)");
  await ana.id("grid-all-calls").uncheck();
  await expect.poll(() => ana.id("grid-send").innerText()).toBe("Send all (0)");
  await ana.page.keyboard.press("v");
});

test("in a very small upright window nothing lies over the ladder", async () => {
  await small.page.setViewportSize({ width: 320, height: 480 });
  await small.id("view-ladder").tap();
  const rows = (await small.id(`ladder-${JAR}`).getByRole("grid").boundingBox())!;
  for (const id of ["thumb-buy", "thumb-sell", "cancel-all", "view-ladder"]) {
    const button = await box(small, id);
    expect(overlap(rows, button), id).toBe(false);
    expect(button.x + button.width, id).toBeLessThanOrEqual(320);
    expect(button.y + button.height, id).toBeLessThanOrEqual(480);
  }
  await shoot(small, "phone-320");
  await small.page.setViewportSize(phone);
});

test("a primary button under the pointer does not look like one that cannot be pressed", async () => {
  await ana.openLadder(JAR);
  await ana.id("tab-quote").click();
  const look = () =>
    ana.id("quote-submit").evaluate((one) => {
      const { backgroundColor, opacity } = getComputedStyle(one);
      return [backgroundColor, opacity];
    });
  await ana.page.mouse.move(700, 3);
  const before = await look();
  await ana.id("quote-submit").hover();
  expect(await look()).toEqual(before);
  await ana.page.mouse.move(700, 3);
});

test("at 1280 a single ladder takes the room that is too narrow for a chart", async () => {
  await ana.page
    .getByRole("button", { name: /Close the ladder of coins jar \d/ })
    .first()
    .click();
  await ana.page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => ana.id("chart").count()).toBe(0);
  const { x, width } = await box(ana, `ladder-${JAR}`);
  expect(Math.round(x + width)).toBe(1280 - 340);
  await shoot(ana, "1280");
  await ana.page.setViewportSize(desktop);
});

test("settled options keep their names, strike and all", async () => {
  isOver = true;
  for (const inst of Array.from({ length: 11 }, (_, i) => i + 1))
    await host.ask("settle", { inst, value: 18 });
  await ana.id(`instrument-${C160}`).getByText("Settled").waitFor();
  for (const size of [desktop, laptop]) {
    await ana.page.setViewportSize(size);
    const cut = await ana.page
      .locator('nav [data-testid^="instrument-"] .end')
      .evaluateAll((ends) => ends.filter((end) => end.scrollWidth > end.clientWidth).length);
    expect(cut).toBe(0);
    await expect.poll(() => ana.id(`instrument-${C160}`).textContent()).toMatch(/coins jar 160C/);
    await shoot(ana, `settled-${size.width}`);
  }
  await ana.page.setViewportSize(desktop);
});

test("after the end the results are in the head, over nothing, and cancelling is not offered", async () => {
  await host.ask("session", { state: "closed" });
  for (const person of [ana, small]) {
    await person.id("over-stay").click();
    const results = await box(person, "show-results");
    const head = (await person.page.locator("header").first().boundingBox())!;
    expect(results.y + results.height).toBeLessThanOrEqual(head.y + head.height);
    await expect.poll(() => person.id("cancel-all").isDisabled()).toBe(true);
    await shoot(person, person === ana ? "over" : "phone-over");
    await expectAccessible(person);
    await person.id("show-results").click();
    await person.id("session-over").waitFor();
    expect(person.faults).toEqual([]);
  }
});
