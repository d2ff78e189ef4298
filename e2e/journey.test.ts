/**
 * The whole main job in real browsers: a host and three traders, from the lobby to the files, in windows of 1440 px,
 * 1024 px and on a phone.
 */

import type { Browser } from "playwright-core";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { tradesInArchive } from "./support/archive-reader.ts";
import { desktop, laptop, launch, Person, phone } from "./support/browser.ts";
import {
  inst,
  mark,
  payoff,
  pnlOf,
  settlement,
  type Symbol,
  type Trade,
} from "./support/journey-game.ts";

const url = process.env["MMG_URL"] ?? "";
const dataDir = process.env["MMG_DATA"] ?? "";
const pictures = path.join(root, "e2e/out");

let browser: Browser;
let host: Person;
let ana: Person;
let bo: Person;
let cy: Person;
let link: string;

/** Trades of this test, for an independent calculation. */
const trades: Trade[] = [];

const numberOf = (text: string) =>
  Number(
    text
      .replace(/[^\d.,+−-]/g, "")
      .replaceAll(",", "")
      .replace("−", "-"),
  );

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  [host, ana, bo, cy] = await Promise.all([
    Person.open(browser, laptop),
    Person.open(browser, desktop),
    Person.open(browser, laptop),
    Person.open(browser, phone),
  ]);
});
afterAll(() => browser.close());

test("the host creates a room from the lobby and adds a scalar and a strip of options", async () => {
  await host.page.goto(url);
  await host.id("create-name").fill("Friday game");
  await host.id("game-free").check({ force: true });
  await host.id("create-template").selectOption("empty");
  await picture(host, "lobby");
  await expectAccessible(host);
  await host.id("create-room").click();
  await host.enterAsHost();
  link = (await host.id("share-link").getAttribute("href")) ?? "";

  await host.id("add-instrument").click();
  await host.id("add-symbol").fill("X");
  await host.id("add-tick").fill("1");
  await host.id("add-submit").click();
  await host.id(`instrument-${inst.X}`).waitFor();
  await host.id("add-instrument").click();
  await host.id("tab-grid").click();
  await host.id("grid-centre").fill("100");
  await host.id("grid-step").fill("10");
  await host.id("grid-count").fill("3");
  await host.id("grid-tick").fill("0.5");
  await host.id("grid-submit").click();
  await host.id(`instrument-${inst.P110}`).waitFor();
});

test("three traders join by the link; a taken name says so", async () => {
  await ana.join(link, "Ana");
  await cy.page.goto(link);
  await cy.id("join-name").fill("ana");
  await cy.id("join-submit").click();
  await expect.poll(() => cy.page.locator("body").innerText()).toMatch(/already/i);
  await cy.id("join-name").fill("Cy");
  await cy.id("join-submit").click();
  await cy.id("terminal").waitFor();
  await bo.join(link, "Bo");
  await host.page.getByText("People (3)").waitFor();
  await expect.poll(() => ana.id("hint").innerText()).toMatch(/not started yet/);
});

test("the host starts the session for everybody", async () => {
  await expect.poll(() => host.id("here").innerText()).toBe("3 traders here");
  await picture(host, "gathering");
  await host.id("session-open").click();
  await expect.poll(() => ana.id("session-state").innerText()).toMatch(/Open/);
});

test("a click on the ladder bids; another's click sells into it, in part", async () => {
  await ana.openLadder(inst.X);
  await bo.openLadder(inst.X);
  await ana.size(inst.X, 10);
  await ana.ladder(inst.X, "bid", 100).click();
  await expect.poll(() => ana.id("order-row").count()).toBe(1);
  await bo.size(inst.X, 25);
  await expect.poll(() => bo.ladder(inst.X, "bid", 100).innerText()).toBe("10");
  await bo.ladder(inst.X, "ask", 100).click();
  trades.push({ symbol: "X", price: 100, qty: 10, buyer: "Ana", seller: "Bo" });
  await expectPosition(ana, inst.X, "+10");
  await expectPosition(bo, inst.X, "−10");
  await expect.poll(() => ana.ladder(inst.X, "ask", 100).innerText()).toBe("15");
});

test("on the phone a tap on the ladder takes an ask", async () => {
  // A phone shows the simple view at first.
  await cy.id("simple").waitFor();
  await cy.id("view-ladder").tap();
  await cy.size(inst.X, 5);
  await expect.poll(() => cy.ladder(inst.X, "ask", 100).innerText()).toBe("15");
  await cy.ladder(inst.X, "bid", 100).tap();
  trades.push({ symbol: "X", price: 100, qty: 5, buyer: "Cy", seller: "Bo" });
  await expectPosition(cy, inst.X, "+5");
  await expectPosition(bo, inst.X, "−15");
  await picture(cy, "phone");
});

test("a ticket offers a call, a click on the chain buys it", async () => {
  await ana.ticket(inst.C100, "sell", "6", "10");
  await bo.chainSize(4);
  await (await bo.chain(inst.C100, "ask", "6.0")).click();
  trades.push({ symbol: "C100", price: 6, qty: 4, buyer: "Bo", seller: "Ana" });
  await expectPosition(bo, inst.C100, "+4");
  await ana.ticket(inst.P110, "buy", "11.5", "3");
  await cy.id("view-chain").click();
  await cy.chainSize(3);
  await (await cy.chain(inst.P110, "bid", "11.5")).tap();
  trades.push({ symbol: "P110", price: 11.5, qty: 3, buyer: "Ana", seller: "Cy" });
  await expectPosition(ana, inst.P110, "+3");
  await bo.ticket(inst.P90, "sell", "2.5", "7");
  await ana.chainSize(7);
  await (await ana.chain(inst.P90, "ask", "2.5")).click();
  trades.push({ symbol: "P90", price: 2.5, qty: 7, buyer: "Ana", seller: "Bo" });
  await expectPosition(ana, inst.P90, "+7");
});

test("what the page loads only when it is needed comes as well", async () => {
  await ana.id("tab-spread").click();
  await ana.id("spread-name").waitFor();
  await ana.id("tab-order").click();
  await ana.page.mouse.move(700, 3);
  await ana.page.keyboard.press("v");
  await ana.id("quote-grid").waitFor();
  await ana.page.keyboard.press("v");
  await ana.id(`chain-${inst.C100}-ask`).waitFor();
});

test("a halted instrument refuses in words and trades again when resumed", async () => {
  await host.id(`halt-${inst.X}`).click();
  await expect.poll(() => ana.page.locator("body").innerText()).toMatch(/halted/i);
  const before = await ana.id("order-row").count();
  await ana.ladder(inst.X, "bid", 98).click();
  await expect
    .poll(() => ana.id("ladder-refusal").allInnerTexts())
    .toEqual([expect.stringMatching(/X is halted/)]);
  await expect.poll(() => ana.id("order-row").count()).toBe(before);
  await host.id(`resume-${inst.X}`).click();
  await expect.poll(() => ana.page.locator("body").innerText()).toMatch(/trades again/i);
  await ana.size(inst.X, 10);
  await ana.ladder(inst.X, "bid", 98).click();
  await expect.poll(() => ana.id("order-row").count()).toBe(before + 1);
});

test("a reload in mid-game keeps orders, positions and P&L", async () => {
  const read = async () => ({
    orders: await bo.id("order-row").count(),
    x: await bo.id(`position-${inst.X}`).first().innerText(),
    call: await bo.id(`position-${inst.C100}`).first().innerText(),
    pnl: await bo.id("pnl-total").innerText(),
  });
  // The room tells P&L once a second at most.
  const told = pnlOf(trades, "Bo", (symbol) => mark[symbol] ?? Number.NaN);
  await expect.poll(async () => numberOf((await read()).pnl)).toBeCloseTo(told, 6);
  const before = await read();
  expect(before.orders).toBe(1);
  await bo.page.reload();
  await bo.id("terminal").waitFor();
  await expect.poll(read).toEqual(before);
});

test("every P&L on the screens is that of an independent calculation, and they sum to zero", async () => {
  await picture(ana, "terminal");
  await picture(host, "console");
  await expectAccessible(ana);
  await expectAccessible(host);
  await expectAccessible(cy);
  const pnls = await shownPnls();
  const value = (symbol: Symbol) => mark[symbol] ?? Number.NaN;
  expect(pnls).toEqual([
    pnlOf(trades, "Ana", value),
    pnlOf(trades, "Bo", value),
    pnlOf(trades, "Cy", value),
  ]);
  expect(sum(pnls)).toBe(0);
});

test("settling pays options on both sides of the money, as the preview said", async () => {
  await host.id(`settle-${inst.X}`).click();
  await host.id("settle-value").fill(String(settlement));
  await host.id("settle-preview").waitFor();
  await picture(host, "settle");
  await host.id("settle-dialog-yes").click();
  await host.id("settle-now").click();
  const value = (symbol: Symbol) => payoff[symbol];
  for (const [person, name] of [
    [ana, "Ana"],
    [bo, "Bo"],
    [cy, "Cy"],
  ] as const)
    await expect
      .poll(async () => numberOf(await person.id("pnl-total").innerText()))
      .toBeCloseTo(pnlOf(trades, name, value), 6);
  const pnls = await shownPnls();
  expect(pnls).toEqual([
    pnlOf(trades, "Ana", value),
    pnlOf(trades, "Bo", value),
    pnlOf(trades, "Cy", value),
  ]);
  expect(sum(pnls)).toBe(0);
  await picture(ana, "settled");
});

test("the closed session can be downloaded and holds exactly the trades made", async () => {
  await host.id("session-close").click();
  await host.id("confirm-close-yes").click();
  await ana.id("session-over").waitFor();
  await picture(ana, "over");
  await host.id("export").click();
  const links = host.id("downloads").locator("a");
  await links.first().waitFor();
  const href = (await links.filter({ hasText: "trades.csv" }).getAttribute("href")) ?? "";
  // The mark by which spreadsheets take the file for UTF-8.
  const isMarked = (bytes: Uint8Array) => [...bytes.subarray(0, 3)].join() === "239,187,191";
  const file = new Uint8Array(await (await fetch(new URL(href, url))).arrayBuffer());
  expect(isMarked(file)).toBe(true);
  const csv = new TextDecoder().decode(file);
  const rows = csv
    .trim()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(","));
  const names = Object.entries(inst);
  expect(
    rows.map((row) => ({
      symbol: names.find(([, id]) => String(id) === row[3])?.[0],
      price: Number(row[5]),
      qty: Number(row[6]),
      buyer: row[9],
      seller: row[11],
    })),
  ).toEqual(trades);

  const [download] = await Promise.all([
    ana.page.waitForEvent("download"),
    ana.id("download-pnl.csv").click(),
  ]);
  const ownFile = readFileSync(await download.path());
  expect(isMarked(ownFile)).toBe(true);
  const own = ownFile.toString().trim().split("\r\n");
  expect(own).toHaveLength(2);
  expect(own[1]).toContain("Ana");
});

test("the archived session is in D1", async () => {
  const code = new URL(link).pathname.split("/").at(-1) ?? "";
  await expect.poll(() => tradesInArchive(dataDir, code)).toEqual([trades.length]);
});

test("no page reported a fault", () => {
  for (const person of [host, ana, bo, cy]) expect(person.faults).toEqual([]);
});

async function expectPosition(person: Person, instrument: number, text: string): Promise<void> {
  await expect.poll(() => person.positionText(instrument)).toBe(text);
}

/** P&L that each trader sees, once the console shows the same. */
async function shownPnls(): Promise<number[]> {
  const own = async () =>
    Promise.all(
      [ana, bo, cy].map(async (person) => numberOf(await person.id("pnl-total").innerText())),
    );
  const console = async () => {
    const rows = host.page.locator("[data-name]");
    return Promise.all(
      ["Ana", "Bo", "Cy"].map(async (name) =>
        numberOf(
          await rows
            .and(host.page.locator(`[data-name="${name}"]`))
            .locator('[data-testid^="pnl-"]')
            .innerText(),
        ),
      ),
    );
  };
  await expect
    .poll(async () => JSON.stringify(await own()) === JSON.stringify(await console()))
    .toBe(true);
  return own();
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function picture(person: Person, name: string): Promise<Buffer> {
  return person.page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
