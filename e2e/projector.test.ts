/** The projector screen of a real room: what its traders do, as everybody sees it, and nothing that is private. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Request } from "#protocol";
import { expectAccessible } from "./support/accessible.ts";
import { launch, Person } from "./support/browser.ts";
import { ink, saidOf } from "./support/chart.ts";
import { WireClient } from "./support/wire-client.ts";

const url = process.env["MMG_URL"] ?? "";
const projector = { width: 1280, height: 720 };
const X = 1;
const Y = 3;

type Listing = Omit<Request<"add_instrument">, "op">;
interface Game {
  code: string;
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
  const made = (await answer.json()) as { room: string; host_token: string; join_url: string };
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
  return { code: made.room, link: made.join_url, host: host!, ana: ana!, bo: bo! };
}

async function watch(link: string, theme: "dark" | "light" = "dark"): Promise<Person> {
  const person = await Person.open(browser, projector, theme);
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

const sentences = () => screen.id("sentence").allInnerTexts();
const standings = async () =>
  (await screen.id("standing").allInnerTexts()).map((row) =>
    row
      .replace(/[▲▼]\d+|up \d+|down \d+/g, "")
      .split(/\s*\n\s*/)
      .join(" ")
      .trim(),
  );
const bodyText = () => screen.page.locator("body").innerText();
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

test("an untouched room teaches how to join, and names who is in", async () => {
  screen = await watch(game.link);
  await screen.id("welcome").waitFor();
  const shown = await screen.id("welcome").innerText();
  expect(shown).toContain(new URL(url).host);
  expect(shown).toContain(game.code);
  await expect.poll(() => screen.id("traders-in").innerText()).toBe("2 traders in");
  await expect.poll(() => screen.id("who").innerText()).toMatch(/Ana\s+Bartholomew Featherstone/);
  await expectAccessible(screen);
});

test("it watches as a spectator, a second screen under another name, and a reload keeps the seat", async () => {
  expect(people(game.host)).toContain("Screen spectator");
  const second = await watch(game.link);
  await second.id("welcome").waitFor();
  expect(people(game.host)).toContain("Screen 2 spectator");
  const before = people(game.host).length;
  await second.page.reload();
  await second.id("welcome").waitFor();
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

test("orders show as a book, trades as sentences, a price and a leaderboard", async () => {
  await order(game.ana, X, "sell", 10, 101);
  await order(game.ana, X, "buy", 4, 98);
  await screen.id("market").waitFor();
  await expect.poll(() => screen.id("shown-symbol").innerText()).toBe("X");
  await expect.poll(() => screen.id("ask-0").innerText()).toBe("101");
  await expect.poll(() => screen.id("bid-0").innerText()).toBe("98");
  await order(game.bo, X, "buy", 3, 101);
  await expect.poll(sentences).toEqual(["▲\n3 X lifted at 101"]);
  await order(game.bo, X, "sell", 4, 98);
  await expect.poll(async () => (await sentences())[0]).toBe("▼\n4 X hit at 98");
  await expect.poll(() => screen.id("shown-price").innerText()).toMatch(/98$/);
  await expect
    .poll(() => saidOf(screen))
    .toMatch(/^Price of X. 2 trades since .*: last 98, low 98, high 101\.$/);
  await expect.poll(() => ink(screen, "--text")).toBeGreaterThan(200);
  // It is to be looked at: the wheel does nothing.
  const before = await ink(screen, "--text");
  await screen.id("chart").hover();
  await screen.page.mouse.wheel(0, -400);
  await screen.page.mouse.move(5, 5);
  await expect.poll(() => ink(screen, "--text")).toBe(before);
  // Ana: sold 3 at 101, bought 4 at 98, marked at 98 or at the mid. The sum is zero.
  await expect
    .poll(standings)
    .toEqual([
      expect.stringMatching(/^1 Ana \+/),
      expect.stringMatching(/^2 Bartholomew Featherstone −/),
    ]);
  await expectAccessible(screen);
});

test("keys and clicks choose the instrument, and it stays", async () => {
  await screen.page.keyboard.press("3");
  await expect.poll(() => screen.id("shown-symbol").innerText()).toBe("Y");
  await screen.page.keyboard.press("ArrowLeft");
  await expect.poll(() => screen.id("shown-symbol").innerText()).toBe("X 90C");
  await screen.page.mouse.move(300, 300);
  await screen.id("next-instrument").click();
  await expect.poll(() => screen.id("shown-symbol").innerText()).toBe("Y");
  await screen.id("choose-instrument").selectOption(String(X));
  await expect.poll(() => screen.id("shown-symbol").innerText()).toBe("X");
});

test("a halt and a pause stand across the price, and go", async () => {
  await game.host.ask("halt", { inst: X, on: true });
  await expect.poll(() => screen.id("band").allInnerTexts()).toEqual(["X is halted"]);
  // Whatever else is on the screen.
  await screen.page.keyboard.press("3");
  await expect.poll(() => screen.id("band").count()).toBe(0);
  await expect.poll(() => screen.id("halted").innerText()).toBe("X halted");
  await screen.page.keyboard.press("1");
  await game.host.ask("halt", { inst: X, on: false });
  await expect.poll(() => screen.id("band").count()).toBe(0);
  await game.host.ask("session", { state: "paused" });
  await expect.poll(() => screen.id("band").allInnerTexts()).toEqual(["Trading is paused"]);
  await expect.poll(() => screen.id("session-state").innerText()).toContain("Paused");
  await expectAccessible(screen);
  await game.host.ask("session", { state: "open", ends_at: Date.now() + 3_600_000 });
  await expect.poll(() => screen.id("band").count()).toBe(0);
  await expect
    .poll(() => screen.page.getByRole("timer").innerText())
    .toMatch(/^(1:00:00|59:\d\d)\s+left$/);
});

test("public news is shown, news for one person is not", async () => {
  await game.host.ask("news", { text: "The hens are nervous.", to: [game.ana.userId] });
  await game.host.ask("news", { text: "A fox was seen." });
  await expect
    .poll(() => screen.id("news").allInnerTexts())
    .toEqual([expect.stringMatching(/A fox was seen\./)]);
  expect(await bodyText()).not.toContain("hens");
});

test("seven digits and negative prices fit, and nothing scrolls", async () => {
  await order(game.ana, Y, "buy", 20, -12);
  await order(game.bo, Y, "sell", 20, -12);
  await order(game.bo, Y, "sell", 1, -7);
  await order(game.ana, Y, "buy", 1, -9);
  await screen.page.keyboard.press("3");
  await expect.poll(() => screen.id("ask-0").innerText()).toBe("−7");
  await expect.poll(async () => (await standings())[0]).toMatch(/^1 Ana \+\d,\d{3},\d{3}$/);
  for (const size of [projector, { width: 1920, height: 1080 }, { width: 390, height: 844 }]) {
    await screen.page.setViewportSize(size);
    const spill = () =>
      screen.page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth - innerWidth, scrollHeight - innerHeight];
      });
    await expect.poll(spill).toEqual([0, 0]);
    const clipped = await screen.page.evaluate(() =>
      [...document.querySelectorAll('[data-testid="standing"] .num, [data-testid^="ask-"]')]
        .filter(
          (cell) =>
            cell.getBoundingClientRect().right > innerWidth ||
            (cell.scrollWidth > cell.clientWidth + 1 && cell.tagName === "TD"),
        )
        .map((cell) => cell.textContent),
    );
    expect(clipped).toEqual([]);
  }
  await screen.page.setViewportSize(projector);
});

test("a settlement is an event: the value, its options, who gained and who lost", async () => {
  const light = await watch(game.link, "light");
  await light.page.emulateMedia({ reducedMotion: "reduce" });
  await light.id("market").waitFor();
  await game.host.ask("settle", { inst: X, value: 100.25 });
  await screen.id("reveal").waitFor();
  await light.id("reveal").waitFor();
  // No motion: the number is there at once.
  expect(await light.id("reveal-value").innerText()).toBe("100.25");
  const shown = await screen.id("reveal").innerText();
  expect(shown).toMatch(/X\s+Eggs in the basket\s+settles at/);
  expect(shown).toContain("and 1 option with it");
  await expect.poll(() => screen.id("reveal-value").innerText()).toBe("100.25");
  // Ana is long one, Bartholomew is short one: the mark was below.
  await screen.id("reveal-changes").waitFor();
  const changes = (await screen.id("reveal-changes").innerText()).split(/\s*\n\s*/);
  expect(changes).toEqual([
    "Gained most",
    "Ana",
    expect.stringMatching(/^\+/),
    "Lost most",
    "Bartholomew Featherstone",
    expect.stringMatching(/^−/),
  ]);
  await expectAccessible(screen);
  await expectAccessible(light);
  await screen.page.keyboard.press("Escape");
  await expect.poll(() => screen.id("reveal").count()).toBe(0);
  await screen.page.keyboard.press("1");
  await expect.poll(() => screen.id("shown-price").innerText()).toBe("100.25");
  // By itself the moment passes as well.
  await light.id("reveal").waitFor({ state: "hidden", timeout: 20_000 });
  await expectAccessible(light);
  expect(light.faults).toEqual([]);
  await light.close();
});

test("a silent line and a lost connection are said, and the screen comes back by itself", async () => {
  await screen.page.context().setOffline(true);
  const lost = () => screen.id("lost").innerText();
  await expect.poll(lost).toMatch(/^No answer/);
  await expect.poll(lost, { timeout: 30_000 }).toMatch(/^Connection lost/);
  await game.ana.ask("cancel_all", {});
  await screen.page.context().setOffline(false);
  await expect.poll(() => screen.id("lost").count()).toBe(0);
  await screen.page.keyboard.press("3");
  await expect.poll(() => screen.id("bid-0").innerText()).toBe("");
});

test("the closed session ends with the final standings", async () => {
  await game.host.ask("settle", { inst: Y, value: 5 });
  await game.host.ask("session", { state: "closed" });
  await screen.id("reveal").waitFor();
  await screen.page.keyboard.press("Escape");
  await screen.id("final").waitFor();
  await expect.poll(async () => (await standings())[0]).toMatch(/^1 Ana \+34,000,0\d\d$/);
  await expect
    .poll(() => screen.id("final").innerText())
    .toMatch(/X\s+100\.25\s+Y\s+5\s+X 90C\s+10\.25/);
  await expectAccessible(screen);
});

test("it was never told what is private, and reported no fault", () => {
  const told = frames.join("\n");
  expect(told).toContain('"type":"leaderboard"');
  expect(told).toContain('"type":"settlement"');
  for (const type of ["fill", "order", "orders", "positions", "pnl"])
    expect(told).not.toContain(`"type":"${type}"`);
  expect(told).not.toMatch(/"payouts?"|hens|host_token/);
  expect(screen.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});
