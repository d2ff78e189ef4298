/** The projector screen of a real room: the way there, its seat, its line, and what the server tells it. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Request, RoomCreated } from "#protocol";
import { launch, Person } from "./support/browser.ts";
import { WireClient } from "./support/wire-client.ts";

const url = process.env["MMG_URL"] ?? "";
const projector = { width: 1280, height: 720 };
const X = 1;
const Y = 3;

type Listing = Omit<Request<"add_instrument">, "op">;
interface Game {
  link: string;
  host: WireClient;
  ana: WireClient;
  bo: WireClient;
}

let browser: Browser;
let game: Game;
let screen: Person;
/** All that the server told the screens. */
const frames: string[] = [];

async function list(host: WireClient, instrument: Listing): Promise<void> {
  expect(await host.ask("add_instrument", instrument)).toMatchObject({ type: "instrument_added" });
}

/** A scalar, a call on it at 90, and another scalar; two traders. */
async function open(settings: { passcode?: string } = {}): Promise<Game> {
  const answer = await fetch(`${url}/api/rooms`, {
    method: "POST",
    body: JSON.stringify({ name: "Friday game", ...settings }),
  });
  const made = (await answer.json()) as RoomCreated;
  const address = `${url.replace("http", "ws")}/ws/${made.room}`;
  const [host, ana, bo] = await Promise.all([1, 2, 3].map(() => WireClient.open(address)));
  await host!.join("Exchange", "exchange", { host_token: made.host_token });
  await ana!.join("Ana", "trader", settings);
  await bo!.join("Bartholomew Featherstone", "trader", settings);
  const scalar = { type: "SCALAR", tick_size: 1 } as const;
  await list(host!, { symbol: "X", description: "Eggs in the basket", ...scalar });
  const call = { type: "CALL", reference_id: X, strike: 90, tick_size: 0.5 } as const;
  await list(host!, { symbol: "X 90C", ...call });
  await list(host!, { symbol: "Y", tick_value: 100_000, ...scalar });
  return { link: made.join_url, host: host!, ana: ana!, bo: bo! };
}

async function watch(link: string): Promise<Person> {
  const person = await Person.open(browser, projector);
  person.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => frames.push(String(payload))),
  );
  await person.page.goto(`${link}/screen`);
  return person;
}

async function order(
  client: WireClient,
  inst: number,
  side: "buy" | "sell",
  qty: number,
  price: number,
): Promise<void> {
  expect(await client.ask("order_new", { inst, side, qty, price })).toMatchObject({
    type: "order_ack",
  });
}

/** Roles of everybody in the room by name, as the host is told. */
function people(host: WireClient): string[] {
  return host.all("user_joined").map(({ name, role }) => `${name} ${role}`);
}

beforeAll(async () => {
  browser = await launch();
  game = await open();
});
afterAll(async () => {
  for (const client of [game.host, game.ana, game.bo]) client.close();
  await browser.close();
});

test("the host's console leads to the screen of the room", async () => {
  const host = await Person.open(browser, { width: 1440, height: 900 });
  await host.page.goto(url);
  await host.id("create-room").click();
  await host.enterAsHost();
  const [opened] = await Promise.all([
    host.page.context().waitForEvent("page"),
    host.id("open-screen").click(),
  ]);
  await opened.getByTestId("welcome").waitFor();
  const code = new URL(host.page.url()).pathname.split("/").at(-1) ?? "";
  expect(new URL(opened.url()).pathname).toBe(`/r/${code}/screen`);
  // The host keeps the seat.
  await host.page.reload();
  await host.id("console").waitFor();
  await host.close();
});

test("what the traders do is shown, and nothing that is private is told", async () => {
  screen = await watch(game.link);
  await screen.id("welcome").waitFor();
  await order(game.ana, X, "sell", 10, 101);
  await order(game.bo, X, "buy", 3, 101);
  await expect.poll(() => screen.id("sentence").allInnerTexts()).toEqual(["▲\n3 X lifted at 101"]);
  await expect.poll(() => screen.id("standing").count()).toBe(2);
  await game.host.ask("news", { text: "The hens are nervous.", to: [game.ana.userId] });
  await game.host.ask("settle", { inst: X, value: 100.25 });
  await screen.id("reveal").waitFor();
  await screen.page.keyboard.press("Escape");
  const told = frames.join("\n");
  expect(told).toContain('"type":"leaderboard"');
  expect(told).toContain('"type":"settlement"');
  for (const type of ["fill", "order", "orders", "positions", "pnl"])
    expect(told).not.toContain(`"type":"${type}"`);
  expect(told).not.toMatch(/"payouts?"|hens|host_token/);
});

test("it watches as a spectator, a second screen under another name, and a reload keeps the seat", async () => {
  expect(people(game.host)).toContain("Screen spectator");
  const second = await watch(game.link);
  await second.id("market").waitFor();
  expect(people(game.host)).toContain("Screen 2 spectator");
  const before = people(game.host).length;
  await second.page.reload();
  await second.id("market").waitFor();
  const names = people(game.host).slice(before);
  expect(names.filter((name) => name !== "Screen 2 spectator")).toEqual([]);
  await second.close();
});

test("a room with a passcode asks the screen for it, and for nothing else", async () => {
  const closed = await open({ passcode: "basket" });
  const person = await watch(closed.link);
  await person.id("join-passcode").fill("wrong");
  await expect.poll(() => person.id("join-name").count()).toBe(0);
  await person.id("join-submit").click();
  await expect.poll(() => person.page.locator("body").innerText()).toMatch(/passcode/i);
  await person.id("join-passcode").fill("basket");
  await person.id("join-submit").click();
  await person.id("welcome").waitFor();
  await person.page.reload();
  await person.id("welcome").waitFor();
  // Another instrument brings a leaderboard of zeros, which is no trade: people are still coming in.
  const leaderboards = () => frames.filter((one) => one.includes('"leaderboard"')).length;
  const before = leaderboards();
  await list(closed.host, { symbol: "Z", type: "SCALAR", tick_size: 1 });
  await expect.poll(leaderboards).toBeGreaterThan(before);
  await expect.poll(() => person.id("traders-in").innerText()).toBe("2 traders in");
  await person.close();
  for (const client of [closed.host, closed.ana, closed.bo]) client.close();
});

test("a silent line and a lost connection are said, and the screen comes back by itself", async () => {
  await order(game.ana, Y, "buy", 1, -9);
  await screen.page.keyboard.press("3");
  await expect.poll(() => screen.id("bid-0").innerText()).toBe("−9");
  await screen.page.context().setOffline(true);
  const lost = () => screen.id("lost").innerText();
  await expect.poll(lost).toMatch(/^No answer/);
  await expect.poll(lost, { timeout: 30_000 }).toMatch(/^Connection lost/);
  await game.ana.ask("cancel_all", {});
  await screen.page.context().setOffline(false);
  await expect.poll(() => screen.id("lost").count()).toBe(0);
  await expect.poll(() => screen.id("bid-0").innerText()).toBe("");
});

test("the screen reported no fault", () => {
  expect(screen.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});
