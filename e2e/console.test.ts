/** What a host does from the console, done in a browser, and what the exchange and the traders get of it. */

import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message, RoomCreated } from "#protocol";
import { root } from "../scripts/build.mjs";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person, phone } from "./support/browser.ts";
import { WireClient } from "./support/wire-client.ts";
import { listStrip } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const pictures = path.join(root, "e2e/out");
const tablet = { width: 1024, height: 768 };

let browser: Browser;
let host: Person;
let made: RoomCreated;
/** The host's own program, to set up and to look. */
let exchange: WireClient;
let ana: WireClient;
let bo: WireClient;

const address = (room: string) => `${url.replace("http", "ws")}/ws/${room}`;

async function makeRoom(body: object): Promise<RoomCreated> {
  const answer = await fetch(`${url}/api/rooms`, { method: "POST", body: JSON.stringify(body) });
  return (await answer.json()) as RoomCreated;
}

async function join(room: string, name: string): Promise<WireClient> {
  const client = await WireClient.open(address(room));
  await client.join(name);
  return client;
}

async function asHost(room: string, token: string): Promise<WireClient> {
  const client = await WireClient.open(address(room));
  await client.join("Program", "exchange", { host_token: token });
  return client;
}

/** The browser holds the host's token of the room, as if it had made it. */
async function openConsole(person: Person, { room, host_token }: RoomCreated): Promise<void> {
  await person.page.goto(url);
  await person.page.evaluate(
    ([code, hostToken]) => {
      const seat = { code, hostToken, roomName: "", name: "", role: "exchange", resumeToken: null };
      localStorage.setItem("mmg.seats", JSON.stringify({ [code]: { ...seat, at: Date.now() } }));
    },
    [room, host_token] as const,
  );
  await person.page.goto(`${url}/r/${room}`);
  await person.enterAsHost();
}

let watchers = 0;

/** Instruments and limits of a room as whoever joins now is told. */
async function setUpOf(room: string) {
  const watcher = await WireClient.open(address(room));
  const { instruments, limits } = await watcher.join(`Watcher ${++watchers}`, "spectator");
  watcher.close();
  return { instruments, limits };
}

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launch();
  made = await makeRoom({ name: "Cards", settings: { on_disconnect: "cancel" } });
  exchange = await asHost(made.room, made.host_token);
  [ana, bo] = [await join(made.room, "Ana"), await join(made.room, "Bo")];
  for (const listing of [
    { symbol: "SUM", type: "SCALAR", tick_size: 1, min_price: 0, max_price: 200 },
    { symbol: "SUM 100C", type: "CALL", tick_size: 0.5, reference_id: 1, strike: 100 },
    { symbol: "WILD", type: "SCALAR", tick_size: 0.25, tick_value: 5, description: "No bounds" },
  ] as const)
    await exchange.ask("add_instrument", listing);
  await exchange.ask("set_limits", { max_position: 77, max_loss: 5000 });
  await trade(2, 3, 5);
  host = await Person.open(browser, desktop);
  await openConsole(host, made);
});
afterAll(async () => {
  for (const client of [exchange, ana, bo]) client.close();
  await browser.close();
});

/** Ana sells to Bo. */
async function trade(inst: number, qty: number, price: number): Promise<void> {
  await ana.ask("order_new", { inst, side: "sell", qty, price });
  await bo.ask("order_new", { inst, side: "buy", qty, price });
}

const settlements = () => ana.all("settlement").map(({ inst, value }) => [inst, value]);
const settledAt = async () => (await setUpOf(made.room)).instruments.map((one) => one.settlement);
const next = () => host.page.locator('[aria-current="step"]').innerText();
const worst = (client: WireClient) => host.id(`worst-${client.userId}`).innerText();

test("the worst settlement of every trader and of the room is shown, and no end is said as such", async () => {
  // Three calls struck at 100 sold at 5: at the bound of 200 they cost 300 and brought 15.
  await expect.poll(() => worst(ana)).toBe("−285.00");
  await expect.poll(() => worst(bo)).toBe("−15.00");
  await expect.poll(() => host.id("room-exposure").innerText()).toContain("SUM: −285.00 at 200");
  await trade(3, 2, 10);
  await expect.poll(() => worst(ana)).toBe("Unbounded above");
  await expect.poll(() => worst(bo)).toBe("Unbounded below");
  const why = await host.id(`worst-${ana.userId}-why`).innerText();
  expect(why).toContain("WILD: short WILD, unbounded above, −10.00 a point");
  expect(why).toContain("SUM: −285.00 at 200");
  await expectAccessible(host);
});

test("a set-up is saved, renamed and applied to a new room from the lobby", async () => {
  await host.id("preset-save").click();
  await host.id("preset-name").fill("First");
  await host.id("preset-dialog-yes").click();
  await host.id("preset-rename").click();
  await host.id("preset-name").fill("Card night");
  await expectAccessible(host);
  await host.id("preset-dialog-yes").click();
  await host.page.locator('[data-preset="Card night"]').waitFor();
  await expect.poll(() => host.page.locator("[data-preset]").count()).toBe(1);

  await host.page.goto(url);
  await host.id("create-template").selectOption({ label: "Saved: Card night" });
  await host.id("create-room").click();
  await host.enterAsHost();
  await host.id("instrument-3").waitFor();
  const room = new URL(host.page.url()).pathname.split("/").at(-1) ?? "";
  const [before, after] = [await setUpOf(made.room), await setUpOf(room)];
  expect(after.instruments).toEqual(before.instruments);
  await expect.poll(async () => (await setUpOf(room)).limits).toEqual(before.limits);
  // What happens on a lost connection was chosen with the room: an order goes with its owner.
  const trader = await join(room, "Dee");
  await trader.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 50 });
  const looker = await join(room, "Eve");
  trader.close();
  await looker.next((message) => message.type === "md_inc" && message.bids.length === 0);
  looker.close();
});

test("in an empty room one click applies it; it is deleted after a question, and broken storage is nothing", async () => {
  const empty = await makeRoom({});
  await openConsole(host, empty);
  await host.id("preset-start").click();
  await host.id("instrument-3").waitFor();
  const before = await setUpOf(made.room);
  await expect.poll(async () => (await setUpOf(empty.room)).limits).toEqual(before.limits);
  expect((await setUpOf(empty.room)).instruments).toEqual(before.instruments);
  await expect.poll(() => host.id("preset-apply").count()).toBe(0);

  await host.id("preset-remove").click();
  await host.id("confirm-preset-remove-yes").click();
  await expect.poll(() => host.page.locator("[data-preset]").count()).toBe(0);
  await host.page.evaluate(() => localStorage.setItem("mmg.presets", '{"version":1,"presets":['));
  await host.page.reload();
  await host.id("presets").getByText("None yet").waitFor();
});

test("the steps lead through the session, and what is next stands out", async () => {
  await openConsole(host, made);
  const heard = ana.inbox.length;
  await expect.poll(next).toBe("News");
  await host.id("session-pause").click();
  await ana.next((message) => message.type === "session" && message.state === "paused", heard);
  await expect.poll(next).toBe("Open");
  await host.id("session-open").click();
  await ana.next((message) => message.type === "session" && message.state === "open", heard);
  await host.id("session-minutes").fill("30");
  await host.id("session-set-end").click();
  await ana.next((message) => message.type === "session" && message.ends_at !== null, heard);
  await expect.poll(next).toBe("News");
  await host.id("session-news").click();
  await host.page.keyboard.type("Rain in Brazil.");
  await host.id("news-send").click();
  expect((await ana.nextOf("news", heard)).text).toBe("Rain in Brazil.");
  await host.id("session-prepare").click();
  await host.id("add-dialog").getByRole("button", { name: "Close" }).click();
});

test.each([
  ["a tablet", tablet, 1],
  ["a phone", phone, 2],
] as const)(
  "on %s the run of the session takes few rows and runs over no edge",
  async (_, size, rows) => {
    const person = await Person.open(browser, size);
    await openConsole(person, made);
    const bar = person.page.getByRole("region", { name: "Session", exact: true });
    const tops = await bar.locator(".state, .run, .end").evaluateAll((parts) =>
      parts.map((part) => {
        const { top, height } = part.getBoundingClientRect();
        return Math.round((top + height / 2) / 20);
      }),
    );
    expect(new Set(tops).size).toBe(rows);
    const width = await person.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(size.width);
    expect(person.faults).toEqual([]);
    await person.close();
  },
);

test("requests, refusals and connections of every trader are live", async () => {
  for (let count = 0; count < 4; count++)
    await ana.ask("order_new", { inst: 9, side: "buy", qty: 1, price: 1 });
  await expect
    .poll(() => host.id(`requests-${ana.userId}`).innerText())
    .toMatch(/[1-9]\d*\s+4 refused/);
  const cell = host.id(`person-${bo.userId}`);
  await expect.poll(() => cell.innerText()).not.toContain("Not connected");
  bo.close();
  await expect.poll(() => cell.innerText()).toContain("Not connected");
  bo = await WireClient.open(address(made.room)).then(async (client) => {
    await client.join("Bo", "trader", { resume_token: bo.ack?.resume_token ?? "" });
    return client;
  });
  await expect.poll(() => cell.innerText()).not.toContain("Not connected");
});

test("the host sees what a trader sees as it changes, and no trader can", async () => {
  await ana.ask("order_new", { inst: 1, side: "buy", qty: 7, price: 42 });
  await host.id(`watch-${ana.userId}`).click();
  const list = (what: string) => host.id(`watch-${what}`).allInnerTexts();
  const flat = async (what: string) => (await list(what)).map((row) => row.replace(/\s+/g, " "));
  await expect.poll(() => flat("order")).toEqual(["SUM Buy 42 7 0"]);
  expect((await flat("fill")).map((row) => row.split(" ").slice(0, -1).join(" "))).toEqual([
    "WILD Sell 10.00 2",
    "SUM 100C Sell 5.0 3",
  ]);
  expect((await flat("position")).map((row) => row.split(" ").slice(0, 3).join(" "))).toEqual([
    "SUM 100C −3",
    "WILD −2 10.00",
  ]);
  await bo.ask("order_new", { inst: 1, side: "sell", qty: 2, price: 42 });
  await expect.poll(() => flat("order")).toEqual(["SUM Buy 42 5 2"]);
  await expect.poll(() => list("fill").then((rows) => rows.length)).toBe(3);
  await picture("console-watch");
  await expectAccessible(host);
  const { pnl } = (await ana.ask("get_pnl", {})) as Message<"pnl">;
  await expect
    .poll(async () => Number((await host.id("watch-pnl").innerText()).replace("−", "-")))
    .toBeCloseTo(pnl, 2);
  await expect.poll(() => host.id("watch").locator("input, select, textarea").count()).toBe(0);
  await host.page.keyboard.press("Escape");
  await ana.ask("cancel_all", {});

  for (const user_id of [ana.userId, bo.userId])
    expect(await bo.ask("get_orders", { user_id })).toMatchObject({ code: "FORBIDDEN" });
});

async function confirmSettlement(inst: number, value: string): Promise<void> {
  await host.id(`settle-${inst}`).click();
  await host.id("settle-value").fill(value);
  await host.id("settle-dialog-yes").click();
  await host.id("settle-pending").waitFor();
}

test("a settlement can be taken back, and leaving the page cancels it and says so", async () => {
  await confirmSettlement(1, "104");
  await expectAccessible(host);
  await picture("console-undo");
  expect(await settledAt()).toEqual([null, null, null]);
  await host.id("settle-undo").click();
  await host.id("settle-pending").waitFor({ state: "detached" });

  await confirmSettlement(1, "105");
  await host.page.reload();
  await host.enterAsHost();
  await expect
    .poll(() => host.id("settle-lost").innerText())
    .toMatch(/Settle SUM at 105.+not done/);
  await host.id("settle-lost").getByRole("button").click();
  expect(await settledAt()).toEqual([null, null, null]);
});

test("a double click on what closes a dialog presses nothing beneath it", async () => {
  await host.id("settle-3").click();
  await host.id("settle-value").fill("12");
  const yes = (await host.id("settle-dialog-yes").boundingBox())!;
  // Whatever lies there.
  await host.page.evaluate(() => {
    addEventListener("click", ({ detail }) => {
      document.body.dataset["clicks"] = `${document.body.dataset["clicks"] ?? ""} ${detail}`;
    });
  });
  await host.page.mouse.dblclick(yes.x + yes.width / 2, yes.y + yes.height / 2);
  await host.id("settle-pending").waitFor();
  expect(await host.page.evaluate(() => document.body.dataset["clicks"])).toBe(" 1");
  await host.id("settle-undo").click();
  await host.id("settle-pending").waitFor({ state: "detached" });
  expect(await settledAt()).toEqual([null, null, null]);
});

test("a dialog stays when a press only begins or ends outside it, and closes at a press outside", async () => {
  await host.id("settle-3").click();
  const field = (await host.id("settle-value").boundingBox())!;
  const { mouse } = host.page;
  const inside: [number, number] = [field.x + 5, field.y + 5];
  const outside: [number, number] = [5, 5];
  for (const [from, to] of [
    [inside, outside],
    [outside, inside],
  ] as const) {
    await mouse.move(...from);
    await mouse.down();
    await mouse.move(...to);
    await mouse.up();
    expect(await host.id("settle-value").isVisible()).toBe(true);
  }
  await mouse.click(...outside);
  await host.id("settle-value").waitFor({ state: "detached" });
});

test("settled now or when the time has run out, once, and at the worst value as was shown", async () => {
  await confirmSettlement(3, "12");
  await host.id("settle-now").click();
  await expect.poll(settlements).toEqual([[3, 12]]);
  // What is left of Ana's exposure is in SUM: 15 for the calls, and two bought at 42.
  const shown = "SUM: −69.00 at 0";
  await expect.poll(() => host.id(`worst-${ana.userId}-why`).innerText()).toContain(shown);
  await host.id("session-settle").click();
  await host.id("settle-value").fill("0");
  await host.id("settle-dialog-yes").click();
  await expect.poll(settlements).toEqual([
    [3, 12],
    [1, 0],
  ]);
  expect(await settledAt()).toEqual([0, 0, 12]);
  // That, and two WILD sold at 10, settled at 12, five a point.
  expect(await ana.ask("get_pnl", {})).toMatchObject({ pnl: -69 - 20 });
  await expect.poll(next).toBe("Close…");
  expect(host.faults).toEqual([]);
});

function picture(name: string): Promise<Buffer> {
  return host.page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

test("a long strip of options is folded under its scalar, and opens to be worked on", async () => {
  const long = await makeRoom({});
  const program = await asHost(long.room, long.host_token);
  await program.ask("add_instrument", { symbol: "SUM", type: "SCALAR", tick_size: 1 });
  await listStrip(program, 1, "SUM", [70, 80, 90, 100, 110, 120, 130]);
  const teacher = await Person.open(browser, desktop, "light");
  await openConsole(teacher, long);
  const strip = teacher.id("strip-1");
  await expect.poll(() => strip.innerText()).toMatch(/14 options/);
  expect(await strip.getAttribute("aria-expanded")).toBe("false");
  expect(await teacher.id("instrument-2").count()).toBe(0);
  await expectAccessible(teacher);
  await teacher.page.screenshot({ path: path.join(pictures, "console-strip.png") });
  await strip.focus();
  await teacher.page.keyboard.press("Enter");
  await teacher.id("halt-2").click();
  await expect
    .poll(async () => (await setUpOf(long.room)).instruments.map(({ halted }) => halted))
    .toEqual([false, true, ...Array.from({ length: 13 }, () => false)]);
  await strip.click();
  await expect.poll(() => teacher.id("instrument-2").count()).toBe(0);
  expect(teacher.faults).toEqual([]);
  await teacher.close();
  program.close();
});
