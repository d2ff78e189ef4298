/** Tests the host's views that come from the server beside the room: set-ups for new rooms, and how busy everybody is. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoomCreated } from "#protocol";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person } from "./support/browser.ts";
import { WireClient } from "./support/wire-client.ts";

const url = process.env["MMG_URL"] ?? "";

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
  host = await Person.open(browser, desktop);
  await openConsole(host, made);
});
afterAll(async () => {
  for (const client of [exchange, ana, bo]) client.close();
  await browser.close();
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
  await host.id("game-free").check({ force: true });
  await host.id("create-template").selectOption({ label: "Saved: Card night" });
  await host.id("create-room").click();
  await host.enterAsHost();
  await host.id("instrument-3").waitFor();
  const room = new URL(host.page.url()).pathname.split("/").at(-1) ?? "";
  const [before, after] = [await setUpOf(made.room), await setUpOf(room)];
  expect(after.instruments).toEqual(before.instruments);
  await expect.poll(async () => (await setUpOf(room)).limits).toEqual(before.limits);
  // A room of the pages gathers first.
  await host.id("session-open").click();
  await host.id("session-pause").waitFor();
  // The effect of a lost connection was chosen with the room: an order goes with its owner.
  const trader = await join(room, "Dee");
  await trader.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 50 });
  const looker = await join(room, "Eve");
  trader.close();
  await looker.next((message) => message.type === "md_inc" && message.bids.length === 0);
  looker.close();
});

test("requests, refusals and connections of every trader are live", async () => {
  await openConsole(host, made);
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
  expect(host.faults).toEqual([]);
});
