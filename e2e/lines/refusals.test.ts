/** The page's messages when a room cannot be entered, and its return by itself when the server does. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "#protocol";
import { desktop, launch, Person } from "../support/browser.ts";
import { ownServer } from "../support/own-server.ts";
import { WireClient } from "../support/wire-client.ts";

const url = process.env["MMG_URL"] ?? "";
/** The server that is killed. */
const server = await ownServer();
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Made {
  room: string;
  host_token: string;
  join_url: string;
}

async function makeRoom(origin: string, body: object = {}): Promise<Made> {
  const answer = await fetch(`${origin}/api/rooms`, { method: "POST", body: JSON.stringify(body) });
  return (await answer.json()) as Made;
}

async function asHost(origin: string, { room, host_token }: Made): Promise<WireClient> {
  const host = await WireClient.open(`${origin.replace("http", "ws")}/ws/${room}`);
  await host.join("Exchange", "exchange", { host_token });
  return host;
}

const textOf = (person: Person) => person.page.locator("body").innerText();

/** Opens the link, acts, and waits until the page shows the expected message. */
async function says(
  link: string,
  pattern: RegExp,
  act: (person: Person) => Promise<void> = async () => {},
): Promise<void> {
  const person = await Person.open(browser, desktop);
  await person.page.goto(link);
  await act(person);
  await expect.poll(() => textOf(person)).toMatch(pattern);
  await person.close();
}

const enter = (name: string, passcode?: string) => async (person: Person) => {
  await person.id("join-name").fill(name);
  if (passcode !== undefined) await person.id("join-passcode").fill(passcode);
  await person.id("join-submit").click();
};

describe("the page says in words", () => {
  test("that there is no such room", async () => {
    await says(`${url}/r/ACDEFG`, /no such room/i);
  });

  test("that a passcode is wrong", async () => {
    const { join_url: link } = await makeRoom(url, { passcode: "tulip" });
    await says(link, /passcode is wrong/i, enter("Ana", "rose"));
    await says(link, /Cancel all/, enter("Ana", "tulip"));
  });

  test("that a name is no name", async () => {
    const { join_url: link } = await makeRoom(url);
    await says(link, /holds U\+200B, an invisible character/, enter("\u200b\u202e"));
  });

  test("that the room is closed", async () => {
    const made = await makeRoom(url);
    const host = await asHost(url, made);
    await host.ask("session", { state: "closed" });
    await says(made.join_url, /closed/i);
    host.close();
  });

  test("that the room is full", async () => {
    const made = await makeRoom(url);
    const address = `${url.replace("http", "ws")}/ws/${made.room}`;
    const crowd: WireClient[] = [];
    for (let n = 0; n < limits.traders; n++) {
      const client = await WireClient.open(address);
      client.keep = n < 1;
      crowd.push(client);
      client.send({ op: "join", name: `trader ${n}`, role: "trader" });
    }
    const summary = async () =>
      ((await (await fetch(`${url}/api/rooms/${made.room}`)).json()) as { traders: number })
        .traders;
    await expect.poll(summary, { timeout: 10_000 }).toBe(limits.traders);
    await says(made.join_url, /room is full/i, enter("one too many"));
    for (const client of crowd) client.close();
  });

  test("that the host removed a trader, and that the trader can join anew", async () => {
    const made = await makeRoom(url);
    const host = await asHost(url, made);
    const person = await Person.open(browser, desktop);
    await person.join(made.join_url, "Ana");
    await host.ask("kick", { user_id: 2 });
    await expect.poll(() => textOf(person)).toMatch(/removed/i);
    await person.page.reload();
    await person.id("join-name").waitFor();
    await person.close();
    host.close();
  });

  test("that a token is wrong", async () => {
    const { room, join_url: link } = await makeRoom(url);
    const seat = { code: room, roomName: "", name: "Ana", role: "trader", hostToken: null, at: 1 };
    const seats = JSON.stringify({ [room]: { ...seat, resumeToken: "of-another-room" } });
    const person = await Person.open(browser, desktop);
    await person.page.goto(url);
    await person.page.evaluate((value) => localStorage.setItem("mmg.seats", value), seats);
    await person.page.goto(link);
    await person.id("join-name").waitFor();
    expect(await textOf(person)).toMatch(/no longer|not valid|does not belong|join again/i);
    await person.close();
  });
});

test("another site's page can neither make a room nor open a socket", async () => {
  const { room } = await makeRoom(url);
  const foreign = { origin: "https://game.example.evil.test" };
  const made = await fetch(`${url}/api/rooms`, { method: "POST", body: "{}", headers: foreign });
  expect(made.status).toBe(403);
  expect(await made.json()).toMatchObject({ error: { code: "FORBIDDEN" } });
  await expect(
    WireClient.open(`${url.replace("http", "ws")}/ws/${room}`, { headers: foreign }),
  ).rejects.toThrow("403");
});

test("after kill -9 the page is back by itself, with its orders, position and P&L", async () => {
  const made = await makeRoom(server.url, { template: "options" });
  const maker = await WireClient.open(`${server.url.replace("http", "ws")}/ws/${made.room}`);
  await maker.join("maker");
  await maker.ask("order_new", { inst: 1, side: "sell", price: 100, qty: 4 });
  const person = await Person.open(browser, desktop);
  await person.join(made.join_url, "Ana");
  await person.openLadder(1);
  await person.size(1, 10);
  await person.ladder(1, "bid", 100).click();
  await expect.poll(() => person.positionText(1)).toBe("+4");
  await expect.poll(() => person.id("order-row").count()).toBe(1);

  await server.kill();
  await expect
    .poll(() => person.id("connection").first().getAttribute("data-state"), { timeout: 5_000 })
    .not.toBe("online");
  await server.start();
  await expect
    .poll(() => person.id("connection").first().getAttribute("data-state"), { timeout: 10_000 })
    .toBe("online");
  expect(await person.positionText(1)).toBe("+4");
  expect(await person.id("order-row").count()).toBe(1);
  await person.ladder(1, "bid", 99).click();
  await expect.poll(() => person.id("order-row").count()).toBe(2);
  await person.close();
});
