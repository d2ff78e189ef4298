/** What a person sets to their liking, and the ways back: mouse schemes, recentring, a phone's options, one's seat. Checked at the exchange. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Message } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, laptop, launch, Person, phone } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { WireRoom } from "./support/wire-room.ts";
import { priceKey } from "#lib/trading/grid.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;

let browser: Browser;
let room: WireRoom;
let host: WireClient;
let bo: WireClient;
let ana: Person;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  room = await WireRoom.make(url);
  host = await room.hostWith("X");
  bo = await room.trader("Bo");
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(room.link, "Ana");
  await ana.openLadder(X);
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});

type Level = readonly [number, number];
/** The book as the exchange has it now. */
async function book(): Promise<{ bids: readonly Level[]; asks: readonly Level[] }> {
  const { bids, asks } = (await bo.ask("get_snapshot", { inst: X })) as Message<"snapshot">;
  return { bids, asks };
}
const bids = async () => (await book()).bids;
const asks = async () => (await book()).asks;
const own = (column: "my-bid" | "my-ask", price: number) =>
  ana
    .id(`ladder-${X}`)
    .getByTestId(`ladder-${column}-${priceKey(price)}`)
    .locator(".working");
const picture = (person: Person, name: string) =>
  person.page.screenshot({ path: path.join(pictures, `options-${name}.png`) });
const hint = () => ana.id("hint").innerText();
/** Away from everything that a click could do something at. */
const pointNowhere = () => ana.page.mouse.move(700, 3);
const options = async (set: () => Promise<unknown>) => {
  await ana.id(`ladder-options-${X}`).click();
  await set();
  await ana.page.keyboard.press("Escape");
  await expect.poll(() => ana.id("ladder-options").isVisible()).toBe(false);
};

/** Around 100 stands a market of Bo's, and nothing of Ana's. */
beforeEach(async () => {
  await pointNowhere();
  await ana.page.keyboard.press("Escape");
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await expect.poll(book).toEqual({ bids: [[99, 50]], asks: [[101, 50]] });
  await expect.poll(() => ana.ladder(X, "bid", 99).innerText()).toBe("50");
  await ana.size(X, 10);
});

test("by buttons the left one buys and the right one sells, anywhere in the book; it says so and remembers", async () => {
  const live = () => ana.id(`mouse-live-${X}`).innerText();
  await expect.poll(live).toBe("Mouse: by column");
  await options(async () => {
    await ana.id("second-size").selectOption({ label: "Trades size 25" });
    await ana.id("mouse-scheme").selectOption({ label: "Left buys, right sells" });
    await expect.poll(() => ana.id("second-size").count()).toBe(0);
    await expectAccessible(ana, "options");
    await picture(ana, "dialog");
  });
  await expect.poll(live).toBe("Left buys, right sells");
  await ana.ladder(X, "ask", 97).hover();
  await expect
    .poll(hint)
    .toBe("Left: buy 10 X at 97, joins the book · right: sell 10, hits up to 50 bid");
  await ana.ladder(X, "ask", 97).click();
  await expect.poll(bids).toEqual([
    [99, 50],
    [97, 10],
  ]);
  await ana.ladder(X, "bid", 103).click({ button: "right" });
  await expect.poll(asks).toEqual([
    [101, 50],
    [103, 10],
  ]);
  await picture(ana, "buttons");
  // On an own order the right button still opens it, and the left one cancels it.
  await own("my-ask", 103).click({ button: "right" });
  await ana.id("amend-price").fill("104");
  await ana.id("amend-price").press("Enter");
  await expect.poll(async () => (await asks())[1]).toEqual([104, 10]);
  await own("my-bid", 97).click();
  await expect.poll(bids).toEqual([[99, 50]]);

  await ana.page.reload();
  await ana.id("terminal").waitFor();
  await expect.poll(live).toBe("Left buys, right sells");
  // Locked, both only fill the ticket.
  await ana.page.keyboard.press("l");
  await ana.ladder(X, "ask", 98).hover();
  await expect.poll(hint).toMatch(/^Locked: the left button .* buy .* right one a sell/);
  await ana.ladder(X, "bid", 102).click({ button: "right" });
  await expect.poll(() => ana.id("ticket-price").inputValue()).toBe("102");
  await expect.poll(() => ana.id("ticket-side-sell").isChecked()).toBe(true);
  await ana.ladder(X, "ask", 98).click();
  await expect.poll(() => ana.id("ticket-price").inputValue()).toBe("98");
  await expect.poll(() => ana.id("ticket-side-buy").isChecked()).toBe(true);
  await pointNowhere();
  await ana.page.keyboard.press("l");
  expect(await book()).toEqual({
    bids: [[99, 50]],
    asks: [
      [101, 50],
      [104, 10],
    ],
  });
  // Keys go by column: a cursor has but one Enter.
  await ana.page.keyboard.press("Tab");
  await ana.id(`ladder-${X}`).getByRole("grid").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await ana.page.keyboard.press(key);
  await expect.poll(hint).toBe("Click: sell 10 X at 100, joins the book");
  await ana.page.keyboard.press("Enter");
  await expect.poll(async () => (await asks())[0]).toEqual([100, 10]);
  await options(() => ana.id("mouse-scheme").selectOption({ label: "By column" }));
  await expect.poll(live).toBe("Mouse: by column, right 25");
  await options(() => ana.id("second-size").selectOption({ label: "The browser's menu" }));
});

test("by the clock the prices recentre with a notice, never under the pointer nor just after scrolling", async () => {
  const rows = ana.id(`ladder-${X}`).getByRole("row");
  const place = async (price: number) =>
    (await ana.ladder(X, "bid", price).boundingBox())?.y ?? null;
  await ana.id(`recentre-${X}`).click();
  await pointNowhere();
  const middle = await place(100);
  await options(() => ana.id("recentre-every").selectOption({ label: "Every 5 seconds" }));
  await pointNowhere();
  await expect.poll(() => ana.id(`ladder-${X}`).innerText()).toContain("◎ every 5 s");
  // Three ticks from the middle: far from an edge. On the rows, the clock waits.
  await ana.ladder(X, "bid", 98).hover();
  await bo.ask("quote", { inst: X, bid: 102, bid_qty: 50, ask: 104, ask_qty: 50 });
  await ana.page.waitForTimeout(5_000);
  expect(await place(100)).toBe(middle);
  expect(await rows.first().isVisible()).toBe(true);
  await pointNowhere();
  // A frame warns, and then the middle of the market stands where the former one stood.
  await expect.poll(() => ana.id(`ladder-${X}`).locator(".due").count()).toBe(1);
  const cell = (await ana.ladder(X, "bid", 100).boundingBox())!;
  await expect.poll(() => place(103), { interval: 10 }).toBe(middle);
  // What is pressed at once after a move is not meant, and says so. By its place: to look the row up takes time.
  await ana.page.mouse.click(cell.x + cell.width / 2, cell.y + cell.height / 2);
  await ana.page.getByText("The ladder had just moved").waitFor();
  await ana.page.waitForTimeout(350);
  await ana.ladder(X, "bid", 103).click();
  await expect.poll(async () => (await bids())[0]).toEqual([103, 10]);
  await options(() => ana.id("recentre-every").selectOption({ label: "Never" }));
});

test("the worst case is read in full in a narrow window, and moves nothing", async () => {
  const dee = await Person.open(browser, laptop, "light");
  await dee.join(room.link, "Dee");
  const submit = async () => (await dee.id("ticket-submit").boundingBox())?.y;
  const worst = dee.id("ticket-worst");
  for (const width of [1024, 880]) {
    await dee.page.setViewportSize({ width, height: 768 });
    await dee.openLadder(X);
    await dee.id("ticket-qty").fill("");
    await expect.poll(() => worst.innerText()).toBe("–");
    const before = await submit();
    await dee.id("ticket-side-buy").check({ force: true });
    await dee.id("ticket-price").fill("99");
    await dee.id("ticket-qty").fill("10");
    await expect.poll(() => worst.innerText()).toBe("without limit at a very low value");
    const hidden = await worst.evaluate((cell) => cell.scrollWidth - cell.clientWidth);
    expect([width, hidden, await submit()]).toEqual([width, 0, before]);
  }
  await picture(dee, "ticket-880");
  await dee.id("ticket-submit").click();
  await expect.poll(bids).toEqual([[99, 60]]);
  await dee.page.keyboard.press("Escape");
  await expect.poll(bids).toEqual([[99, 50]]);
  expect(dee.faults).toEqual([]);
  await dee.close();
});

test("a phone has the ladder's options, big enough for a finger", async () => {
  const eve = await Person.open(browser, phone);
  await eve.join(room.link, "Eve");
  await eve.id("view-people").tap();
  await eve.id("phone-options").tap();
  const dialog = eve.id("ladder-options");
  await eve.id("first-size").waitFor();
  // There is no mouse to choose buttons of.
  expect(await eve.id("mouse-scheme").count()).toBe(0);
  const heights = await dialog
    .locator("label.check, select, header button")
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().height)));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
  for (const option of ["changes", "first-size"]) await eve.id(option).check();
  await eve.id("recentre-every").selectOption({ label: "Every 30 seconds" });
  await picture(eve, "dialog-390");
  // In a low window it scrolls, for keys as well.
  const reachable = () => dialog.locator(".body").getAttribute("tabindex");
  expect(await reachable()).toBeNull();
  await eve.page.setViewportSize({ ...phone, height: 520 });
  await expect.poll(reachable).toBe("0");
  await eve.page.setViewportSize(phone);
  await expect.poll(reachable).toBeNull();
  await dialog.getByRole("button", { name: "Close" }).tap();

  await eve.id("view-ladder").tap();
  await eve.size(X, 7);
  await eve.ladder(X, "bid", 98).tap();
  await expect.poll(async () => (await bids())[1]).toEqual([98, 7]);
  await eve.ladder(X, "bid", 98).tap();
  await expect.poll(async () => (await bids())[1]).toEqual([98, 8]);
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 60, ask: 101, ask_qty: 50 });
  await expect.poll(() => eve.ladder(X, "bid", 99).innerText()).toMatch(/^\+10\s*60$/);
  await picture(eve, "ladder-390");
  await eve.id("view-ticket").tap();
  const pnl = eve.id(`ladder-pnl-${X}`);
  await expect.poll(() => pnl.getAttribute("title")).toMatch(/^P&L in money/);
  await pnl.tap();
  await expect.poll(() => pnl.getAttribute("title")).toMatch(/^P&L in ticks/);
  await expectAccessible(eve, "ticket");
  await picture(eve, "ticket-390");
  await eve.id("cancel-all").tap();
  await expect.poll(bids).toEqual([[99, 60]]);
  expect(eve.faults).toEqual([]);
  await eve.close();
});

test("a seat opened in another window is taken back by the first, which trades again; the other one stops", async () => {
  const seats = () => host.all("user_joined").length;
  const before = seats();
  const other = await ana.page.context().newPage();
  await other.goto(room.link);
  await other.getByTestId("terminal").waitFor();
  await ana.id("ended").waitFor();
  await ana.page.getByRole("button", { name: "Use this window instead" }).click();
  await ana.id("ended").waitFor({ state: "hidden" });
  await other.getByTestId("ended").waitFor();
  await ana.ladder(X, "bid", 96).click();
  await expect.poll(async () => (await bids())[1]).toEqual([96, 10]);
  await expect.poll(() => ana.id("order-row").count()).toBe(1);

  // And back again, with what was done meanwhile.
  await other.getByTestId("use-here").click();
  await ana.id("ended").waitFor();
  await expect.poll(() => other.getByTestId("order-row").count()).toBe(1);
  await other.getByTestId("cancel-all").click();
  await expect.poll(bids).toHaveLength(1);
  await ana.id("use-here").click();
  await other.getByTestId("ended").waitFor();
  await other.close();
  await ana.id("ended").waitFor({ state: "hidden" });
  // It was one seat all the time.
  expect(seats()).toBe(before);
});

/** What the browser remembers of its rooms, as if it had been in them. */
async function remember(person: Person, seats: object[]): Promise<void> {
  await person.page.goto(url);
  await person.page.evaluate((all) => {
    const none = { roomName: "", name: "Gus", role: "trader", resumeToken: null, hostToken: null };
    const entries = (all as { code: string }[]).map((seat, i) => [
      seat.code,
      { ...none, at: Date.now() - i, ...seat },
    ]);
    localStorage.setItem("mmg.seats", JSON.stringify(Object.fromEntries(entries)));
  }, seats);
}

test("recent rooms say which are closed or gone; each is asked once, and what is gone never again", async () => {
  const over = await WireRoom.make(url, { name: "Over" });
  const closer = await over.host();
  await closer.ask("session", { state: "closed" });
  closer.close();
  const gus = await Person.open(browser, desktop);
  await remember(gus, [
    { code: room.room, roomName: "Friday game" },
    { code: over.room, roomName: "Over" },
    { code: "AAAAAA", roomName: "Long ago", role: "exchange" },
  ]);
  const asked: string[] = [];
  gus.page.on("request", (request) => {
    const code = /\/api\/rooms\/(\w+)$/.exec(request.url())?.[1];
    if (code !== undefined) asked.push(code);
  });
  await gus.page.reload();
  const fate = (code: string) => gus.id(`recent-${code}-fate`);
  await expect.poll(() => fate("AAAAAA").innerText()).toBe("Gone");
  expect(await fate(over.room).innerText()).toBe("Closed");
  expect(await fate(room.room).count()).toBe(0);
  expect(asked).toEqual([room.room, over.room, "AAAAAA"]);
  await expectAccessible(gus);
  await picture(gus, "recent");
  await gus.page.reload();
  await expect.poll(() => fate("AAAAAA").innerText()).toBe("Gone");
  await expect.poll(() => asked.slice(3)).toEqual([room.room, over.room]);
  await gus.id("recent-AAAAAA-remove").click();
  await expect.poll(() => fate("AAAAAA").count()).toBe(0);
  const kept = await gus.page.evaluate(() => localStorage.getItem("mmg.seats"));
  expect(kept).not.toContain("AAAAAA");
  await gus.page.getByRole("link", { name: "Friday game" }).click();
  await gus.id("join-name").waitFor();
  // The browser itself logs the one that is gone.
  expect(gus.faults.filter((fault) => !fault.includes("404"))).toEqual([]);
  await gus.close();
});

test("the host is warned of a settlement beyond the bounds, and may settle all the same", async () => {
  const bounded = await WireRoom.make(url);
  const program = await bounded.host();
  await program.ask("add_instrument", {
    ...{ symbol: "SUM", type: "SCALAR", tick_size: 0.5, min_price: 0, max_price: 200 },
  });
  const hal = await Person.open(browser, desktop);
  await remember(hal, [{ code: bounded.room, role: "exchange", hostToken: bounded.hostToken }]);
  await hal.page.goto(`${url}/r/${bounded.room}`);
  await hal.enterAsHost();
  await hal.id("settle-1").click();
  const warning = hal.id("settle-beyond");
  await hal.id("settle-value").fill("200");
  await hal.id("settle-dialog-yes").getByText("200").waitFor();
  expect(await warning.count()).toBe(0);
  await hal.id("settle-value").fill("-3");
  await expect.poll(() => warning.innerText()).toMatch(/^\u22123.0 is below 0.0, the lowest/);
  await hal.id("settle-value").fill("250");
  await expect.poll(() => warning.innerText()).toMatch(/^250.0 is above 200.0, the highest/);
  await expectAccessible(hal);
  await picture(hal, "beyond");
  await hal.id("settle-dialog-yes").click();
  await hal.id("settle-now").click();
  await expect.poll(() => program.all("settlement").map(({ value }) => value)).toEqual([250]);
  program.close();
  expect(hal.faults).toEqual([]);
  await hal.close();
});

test("no page reported a fault", () => {
  expect(ana.faults).toEqual([]);
});
