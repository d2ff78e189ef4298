/** The page of a session on the real server: from the closing to the own page, into the replay, and to the check. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoomCreated } from "#protocol";
import { expectAccessible } from "./support/accessible.ts";
import { desktop, launch, Person } from "./support/browser.ts";
import { WireClient } from "./support/wire-client.ts";

const url = process.env["MMG_URL"] ?? "";
const X = 1;

let browser: Browser;
let ana: Person;
let host: WireClient;

beforeAll(async () => {
  browser = await launch();
  ana = await Person.open(browser, desktop);
});
afterAll(() => browser.close());

test("a trader goes from the closed session to the own page", async () => {
  const answer = await fetch(`${url}/api/rooms`, {
    method: "POST",
    body: '{"name":"Friday game"}',
  });
  const made = (await answer.json()) as RoomCreated;
  const address = `${url.replace("http", "ws")}/ws/${made.room}`;
  host = await WireClient.open(address);
  const bo = await WireClient.open(address);
  await host.join("Exchange", "exchange", { host_token: made.host_token });
  await bo.join("Bo", "trader");
  await host.ask("add_instrument", { symbol: "X", type: "SCALAR", tick_size: 1 });
  await ana.join(made.join_url, "Ana");
  for (const price of [100, 102, 104]) {
    await bo.ask("quote", { inst: X, bid: price - 1, bid_qty: 5, ask: price + 1, ask_qty: 5 });
    await ana.ticket(X, "buy", String(price + 1), "2");
    await expect.poll(() => ana.positionText(X)).toBe(`+${price - 98}`);
  }
  await host.ask("settle", { inst: X, value: 110 });
  await host.ask("session", { state: "closed" });
  await ana.id("open-debrief").click();
  await ana.id("trader-view").waitFor();
  // Bought two each at 101, 103 and 105, settled at 110.
  expect(await ana.id("trader-pnl").innerText()).toBe("+42.00");
  // Fills within a second are told as one.
  await expect
    .poll(async () => {
      const gains = await ana.id("key-trade").locator(".head .num").allInnerTexts();
      return gains.reduce((sum, gain) => sum + Number(gain), 0);
    })
    .toBe(42);
  expect(ana.page.url()).toMatch(/\/s\/[0-9a-f-]{36}#./);
  await expectAccessible(ana);
});

test("the replay shows the session in the own seat, and the host leads it", async () => {
  await ana.id("tab-replay").click();
  await ana.id("replay").waitFor();
  await ana.id("own-next").click();
  await expect.poll(() => ana.id(`ladder-position-${X}`).innerText()).toMatch(/^\+\d/);
  const { length } = await logLines();
  await host.ask("lead_replay", { on: true, at: length, speed: 1, playing: false });
  await expect.poll(() => ana.id("replay").innerText()).toMatch(/The host leads/);
  await expect.poll(() => ana.id("replay").innerText()).toMatch(/\+42\.00/);
});

test("the log verifies in the browser against the hash that was told at the close", async () => {
  await ana.id("tab-check").click();
  await ana.id("verify").click();
  await ana.id("verdict").waitFor();
  expect(await ana.id("checks").innerText()).not.toMatch(/It parts/);
  expect(await ana.id("verdict").innerText()).toMatch(/Everything agrees/);
  expect(await ana.id("check-end").innerText()).toMatch(/whose hash was told/);
  expect(ana.faults).toEqual([]);
});

async function logLines(): Promise<string[]> {
  const [, session, key] = /\/s\/([^#]+)#(.+)$/.exec(ana.page.url()) ?? [];
  const log = await fetch(`${url}/api/sessions/${session}/log`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return (await log.text()).split("\n").filter((line) => line !== "");
}
