/** One seat in two windows of a browser, and the rooms that a browser remembers. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "#protocol";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person } from "./support/browser.ts";
import type { WireClient } from "./support/wire-client.ts";
import { WireRoom } from "./support/wire-room.ts";

const url = process.env["MMG_URL"] ?? "";
const X = 1;

let browser: Browser;
let room: WireRoom;
let host: WireClient;
let bo: WireClient;
let ana: Person;

beforeAll(async () => {
  room = await WireRoom.make(url);
  host = await room.hostWith("X");
  bo = await room.trader("Bo");
  browser = await launch();
  ana = await Person.open(browser, desktop);
  await ana.join(room.link, "Ana");
  await ana.openLadder(X);
  await bo.ask("quote", { inst: X, bid: 99, bid_qty: 50, ask: 101, ask_qty: 50 });
  await ana.ladder(X, "bid", 99).filter({ hasText: "50" }).waitFor();
  await ana.size(X, 10);
});
afterAll(async () => {
  for (const client of [host, bo]) client.close();
  await browser.close();
});

/** Bids as the exchange has them now. */
const bids = async () => ((await bo.ask("get_snapshot", { inst: X })) as Message<"snapshot">).bids;

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
  expect(ana.faults).toEqual([]);
});

/** The browser's memory of its rooms, as if it had been in them. */
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
