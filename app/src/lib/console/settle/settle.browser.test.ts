/**
 * Tests settling in the console: taken back, sent at once, when the time runs out, when the session or page closes;
 * corrected; and the warning beyond the bounds.
 */

import { beforeEach, expect, test, vi } from "vitest";
import { commands, page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  box,
  click,
  count,
  css,
  fill,
  gone,
  id,
  isVisible,
  middle,
  shown,
  text,
  texts,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { openSumRoom, type SumRoom } from "../testing/sum-room.ts";
import { UNDO_MS } from "./pending.svelte.ts";

let exchange: Exchange;
let ana: Program;
let bo: Program;
let seat: Page;
let trade: SumRoom["trade"];

beforeEach(async () => {
  ({ exchange, ana, bo, seat, trade } = await openSumRoom());
});

const settlements = () => ana.all("settlement").map(({ inst, value }) => [inst, value]);
const settledAt = () => exchange.instruments.map((one) => one.settlement);
const actions = () => texts(css('[role="group"][aria-label="What to do next"] button'));

async function confirmSettlement(inst: number, words: string): Promise<void> {
  await click(`settle-${inst}`);
  await fill("settle-value", words);
  await click("settle-dialog-yes");
  await shown("settle-pending");
}

/** Lets no time pass: a busy machine must not settle before the test has pressed. */
async function openStill(): Promise<void> {
  seat.close();
  stopClock();
  seat = await Page.open(exchange, "Exchange", { role: "exchange" });
}

test("a settlement can be taken back, and leaving the page does it and says so", async () => {
  await openStill();
  await confirmSettlement(1, "104");
  await expectAccessible();
  expect(settledAt()).toEqual([null, null, null]);
  await click("settle-undo");
  await gone("settle-pending");

  await confirmSettlement(1, "105");
  await seat.reload();
  await expect.poll(settlements).toEqual([[1, 105]]);
  await shown(page.getByText("Done, since nobody took it back: “Settle SUM at 105”."));
  expect(count("settle-lost")).toBe(0);
});

test("closing the session does a settlement that still waits, before it closes", async () => {
  await openStill();
  await confirmSettlement(1, "105");
  await click("session-close");
  await click("confirm-close-yes");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("closed");
  expect(settledAt()).toEqual([105, 5, null]);
  await shown(page.getByText("Done, since nobody took it back: “Settle SUM at 105”."));
});

test("a lost line keeps a settlement until it is back", async () => {
  await openStill();
  await confirmSettlement(1, "105");
  seat.isCut = true;
  seat.lines.at(-1)?.drop();
  await pass(UNDO_MS + 1_000);
  await shown(id("settle-pending").getByText("No connection"));
  expect(settledAt()).toEqual([null, null, null]);
  seat.isCut = false;
  await pass(60_000);
  await expect.poll(settlements).toEqual([[1, 105]]);
  await gone("settle-pending");
});

test("a settled instrument is corrected after a look at who is paid what, and marked", async () => {
  exchange.host.ask("settle", { inst: 1, value: 105 });
  const [anaId, boId] = [ana.userId, bo.userId];
  const rows = [`${anaId},Ana,2,SUM 100C,-3`, `${boId},Bo,2,SUM 100C,3`];
  const file = ["user_id,name,inst,symbol,settled_qty", ...rows, ""].join("\r\n");
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(file)));
  await click("menu-1");
  await click("correct-1");
  await fill("correct-value", "110");
  // Three calls were worth 5 each, and are worth 10.
  await expect
    .poll(() => texts(id("correct-preview").css("tbody tr")).map((row) => row.split(/\s+/)))
    .toEqual([
      ["Bo", "+15.00", "+15.00"],
      ["Ana", "−15.00", "−15.00"],
    ]);
  await expectAccessible();
  await click("correct-dialog-yes");
  await expect.poll(settledAt).toEqual([110, 10, null]);
  expect(ana.ask("get_pnl", {})).toMatchObject({ pnl: -15 });
  await shown("corrected-1");
  await shown("corrected-2");
});

test("a double click on what closes a dialog presses nothing beneath it", async () => {
  await click("settle-3");
  await fill("settle-value", "12");
  const clicks: number[] = [];
  const listen = ({ detail }: MouseEvent) => void clicks.push(detail);
  window.addEventListener("click", listen);
  await commands.clickMouse(...middle(box("settle-dialog-yes")), 2);
  await shown("settle-pending");
  window.removeEventListener("click", listen);
  expect(clicks).toEqual([1]);
  await click("settle-undo");
  await gone("settle-pending");
  expect(settledAt()).toEqual([null, null, null]);
});

test("a dialog stays when a press only begins or ends outside it, and closes at a press outside", async () => {
  await click("settle-3");
  await shown("settle-value");
  const field = box("settle-value");
  const inside: [number, number] = [field.x + 5, field.y + 5];
  const outside: [number, number] = [5, 5];
  await commands.dragMouse(inside, outside);
  expect(isVisible("settle-value")).toBe(true);
  await commands.dragMouse(outside, inside);
  expect(isVisible("settle-value")).toBe(true);
  await commands.clickMouse(...outside, 1);
  await expect.poll(() => count("settle-value")).toBe(0);
});

test("settled now or when the time has run out, once, and at the worst value as was shown", async () => {
  trade(3, 2, 10);
  ana.ask("order_new", { inst: 1, side: "buy", qty: 2, price: 42 });
  bo.ask("order_new", { inst: 1, side: "sell", qty: 2, price: 42 });
  await confirmSettlement(3, "12");
  await click("settle-now");
  await expect.poll(settlements).toEqual([[3, 12]]);
  // The rest of Ana's exposure is in SUM: 15 for the calls, and two bought at 42.
  const why = "SUM: −69.00 at 0";
  await expect.poll(() => text(`worst-${ana.userId}-why`)).toContain(why);
  await click("session-settle");
  await fill("settle-value", "0");
  await click("settle-dialog-yes");
  await expect.poll(settlements).toEqual([
    [3, 12],
    [1, 0],
  ]);
  expect(settledAt()).toEqual([0, 0, 12]);
  // Two WILD sold at 10 have settled at 12, at five a point: 20 more.
  expect(ana.ask("get_pnl", {})).toMatchObject({ pnl: -69 - 20 });
  await expect.poll(actions).toEqual(["Pause", "Add an instrument…", "Close the session…"]);
});

test("when its time has run out it is done by itself", async () => {
  seat.close();
  stopClock();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await confirmSettlement(1, "104");
  await pass(4_000);
  expect(settledAt()).toEqual([null, null, null]);
  await pass(20_000);
  await expect.poll(settlements).toEqual([[1, 104]]);
});

test("a settlement beyond the bounds is warned of, and may be done all the same", async () => {
  await click("settle-1");
  await fill("settle-value", "200");
  await shown(id("settle-dialog-yes").getByText("200"));
  expect(count("settle-beyond")).toBe(0);
  await fill("settle-value", "-3");
  await expect.poll(() => text("settle-beyond")).toMatch(/^\u22123 is below 0, the lowest/);
  await fill("settle-value", "250");
  await expect.poll(() => text("settle-beyond")).toMatch(/^250 is above 200, the highest/);
  await expectAccessible();
  await click("settle-dialog-yes");
  await click("settle-now");
  await expect.poll(settlements).toEqual([[1, 250]]);
});
