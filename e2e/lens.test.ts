/** The arbitrage lens: the host chooses in the console who may see it, and traders see it in the chain, or do not. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person, phone } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { listStrip, WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const X = 1;
const [C90, P90, C100, P100] = [2, 3, 4, 5];

let browser: Browser;
let room: WireRoom;
let exchange: WireClient;
let cy: WireClient;
let ana: Person;
let teacher: Person;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  room = await WireRoom.make(url);
  exchange = await room.hostWith("X");
  await listStrip(exchange, X, "X", [90, 100]);
  cy = await room.trader("Cy");
  browser = await launch();
  [ana, teacher] = await Promise.all([
    Person.open(browser, desktop),
    Person.open(browser, desktop),
  ]);
  await ana.join(room.link, "Ana");
  await openConsole(teacher);
});
afterAll(async () => {
  for (const client of [exchange, cy]) client.close();
  await browser.close();
});

async function openConsole(person: Person): Promise<void> {
  const { room: code, hostToken } = room;
  await person.page.goto(url);
  const seat = { code, hostToken, roomName: "", name: "", role: "exchange", resumeToken: null };
  await person.page.evaluate(
    (seats) => localStorage.setItem("mmg.seats", seats),
    JSON.stringify({ [code]: { ...seat, at: Date.now() } }),
  );
  await person.page.goto(`${url}/r/${code}`);
  await person.enterAsHost();
}

const quote = (inst: number, bid: number, ask: number, qty = 9) =>
  cy.ask("quote", { inst, bid, bid_qty: qty, ask, ask_qty: qty });

let watchers = 0;

/** What whoever joins now is told. */
async function settingNow() {
  const watcher = await room.open();
  const { lens } = await watcher.join(`Watcher ${++watchers}`, "spectator");
  watcher.close();
  return lens;
}

async function choose(lens: "off" | "after" | "always") {
  await teacher.id("lens-setting").selectOption(lens);
  await expect.poll(settingNow).toBe(lens);
}

const why = "Parity: buy call 2.0, sell put 1.5, sell X 101: locks in 0.5, up to 4 times.";

test("a new room has it off: traders find no lens, and the host sees what there is", async () => {
  await quote(X, 101, 103, 4);
  await quote(C100, 1, 2);
  await quote(P100, 1.5, 2.5);
  await expect.poll(() => teacher.id("lens-count").innerText()).toBe("1 free gain");
  await teacher.id(`lens-${C100}`).click();
  await expect.poll(() => teacher.id(`lens-${C100}-why`).innerText()).toBe(why);
  await expectAccessible(teacher);
  await teacher.page.screenshot({ path: path.join(pictures, "console-lens.png") });
  await teacher.page.keyboard.press("Escape");
  await expect.poll(() => ana.id(`chain-${P100}-bid`).innerText()).toBe("1.5");
  await expect.poll(settingNow).toBe("off");
  await expect.poll(() => ana.id("lens").count()).toBe(0);
  await expect.poll(() => ana.id("lens-100").count()).toBe(0);
});

test("always: each trader may turn it on, see a gain with its trades, and take it", async () => {
  await choose("always");
  await ana.id("lens").waitFor();
  await expect.poll(() => ana.id("lens-100").count()).toBe(0);
  await ana.id("lens").click();
  await ana.id("lens-100").click();
  await expect.poll(() => ana.id("lens-100-why").innerText()).toBe(`${why}\nLoad as spread`);
  await expectAccessible(ana);
  await ana.page.screenshot({ path: path.join(pictures, "desk-lens.png") });
  await ana.page.keyboard.press("Escape");
  await ana.chainSize(4);
  await ana.id(`chain-${C100}-ask`).click();
  await ana.id(`chain-${P100}-bid`).click();
  await ana.size(X, 4);
  await ana.ladder(X, "ask", 101).click();
  await expect.poll(() => ana.id("lens-100").count()).toBe(0);
  const book = await cy.ask("get_snapshot", { inst: X });
  expect(book).toMatchObject({ bids: [], asks: [[103, 4]] });
  await expect.poll(() => teacher.id("lens-count").innerText()).toBe("No free gain");
});

test("off again: it goes from the screen of who had it on", async () => {
  await quote(X, 101, 103, 4);
  await quote(C100, 1, 2);
  await quote(P100, 1.5, 2.5);
  await ana.id("lens-100").waitFor();
  await choose("off");
  await ana.page.getByText("The host has turned the lens off.").waitFor();
  await expect.poll(() => ana.id("lens").count()).toBe(0);
  await expect.poll(() => ana.id("lens-100").count()).toBe(0);
});

test("after the round: nothing while it runs, then what there was at its best; the host as well", async () => {
  await choose("after");
  // A box: 6 - 1 + 5 - 1 = 9 for what pays 10.
  await cy.ask("cancel_all", {});
  await quote(C90, 5, 6);
  await quote(C100, 1, 2);
  await quote(P90, 1, 2, 3);
  await quote(P100, 4, 5);
  await expect.poll(() => teacher.id("lens-count").innerText()).toBe("1 free gain");
  await teacher.id(`lens-${C90}`).waitFor();
  await expect.poll(() => ana.id("lens").count()).toBe(0);
  // Both look once a second.
  await ana.page.waitForTimeout(2_200);
  await exchange.ask("settle", { inst: X, value: 101 });
  await ana.id("lens").waitFor();
  const past =
    /Box: buy 90 call 6\.0, sell 100 call 1\.0, buy 100 put 5\.0, sell 90 put 1\.0: locked in 1, up to 3 times, at \d\d:\d\d:\d\d\./;
  await ana.id("lens-90").click();
  await expect.poll(() => ana.id("lens-90-why").innerText()).toMatch(past);
  await ana.page.screenshot({ path: path.join(pictures, "desk-lens-after.png") });
  await teacher.id(`lens-${C90}`).click();
  await expect.poll(() => teacher.id(`lens-${C90}-why`).innerText()).toMatch(past);
});

test("the host's choice has its place on a phone", async () => {
  const small = await Person.open(browser, phone);
  await openConsole(small);
  await expectAccessible(small);
  await small.page.screenshot({ path: path.join(pictures, "console-lens-phone.png") });
  const wide = await small.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(phone.width);
  await small.id("lens-setting").selectOption("always");
  await expect.poll(settingNow).toBe("always");
  expect(small.faults).toEqual([]);
  await small.close();
});

test("no page reported a fault", () => {
  expect([...ana.faults, ...teacher.faults]).toEqual([]);
});
