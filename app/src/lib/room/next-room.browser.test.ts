/** Tests the way on after a close: the host makes the next room, and the others get one button that leads there. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { bodyText, click, count, shown, text } from "#lib/testing/driver.ts";
import { Exchange, roomCode, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { put } from "#lib/testing/stage.ts";
import { takeHanded } from "#lib/presets/handed.ts";
import { playerSeat } from "#lib/state/seats.ts";
import { keepFollower, nextRoomText, takeFollower } from "./next-room.ts";
import { answerHttp } from "#lib/testing/http.ts";
import { page } from "../testing/kit/state.ts";
import Room from "../../routes/r/[room]/+page.svelte";

const NEXT = "HJKMNP";
let exchange: Exchange;
let ana: Program;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  exchange = new Exchange({ name: "Friday game" });
  exchange.list("SUM", { min_price: 0, max_price: 200 });
  exchange.host.ask("set_limits", { max_position: 77 });
  ana = exchange.program("Ana");
});
afterEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test("the host takes everybody along with the set-up, and says so in the old room", async () => {
  const host = await Page.open(exchange, "Exchange", { role: "exchange" });
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
    if (path === "/api/rooms") {
      bodies.push(JSON.parse(init?.body as string));
      return Promise.resolve(
        Response.json(
          { room: NEXT, host_token: "next", join_url: "", ws_url: "" },
          { status: 201 },
        ),
      );
    }
    return Promise.resolve(
      path.endsWith("/stats") ? Response.json(stats) : new Response("null", { status: 404 }),
    );
  });
  exchange.host.ask("session", { state: "closed" });
  await expect.poll(() => text("session-again")).toBe("Again with the same people");
  await expectAccessible();
  const left = stay();
  await click("session-again");
  await expect.poll(() => ana.all("news").at(-1)?.text).toBe(nextRoomText(NEXT));
  expect(host.sentOf("news").map(({ text }) => text)).toEqual([nextRoomText(NEXT)]);
  expect(bodies).toEqual([
    {
      template: "empty",
      name: "Friday game",
      settings: { on_disconnect: "cancel", lens: "after", mark_lots: 3, start: "lobby", ...play },
    },
  ]);
  expect(playerSeat.find(NEXT)).toMatchObject({ hostToken: "next", name: "Exchange" });
  const handed = takeHanded(NEXT);
  expect(handed?.instruments).toMatchObject([{ symbol: "SUM", min_price: 0, max_price: 200 }]);
  expect(handed?.limits.max_position).toBe(77);
  expect(await left).toBe(`${location.origin}/r/${NEXT}`);
});

test("a player gets one button to the next room, and no other link becomes one", async () => {
  await Page.open(exchange, "Bo");
  exchange.host.ask("session", { state: "closed" });
  await shown("session-over");
  exchange.host.ask("news", { text: "Prizes: https://evil.example/r/HJKMNP" });
  await expect.poll(bodyText).toContain("evil.example");
  expect(count("go-on")).toBe(0);
  await click("over-stay");
  exchange.host.ask("news", { text: nextRoomText(NEXT) });
  await shown("go-on");
  await expectAccessible();
});

test("who goes on joins under the same name at once, as trader", async () => {
  keepFollower(roomCode, { name: "Dee", role: "trader" });
  page.url = new URL(`/r/${roomCode}`, location.href);
  await openLine();
  put(Room, {});
  await shown("terminal");
  expect(exchange.userId("Dee")).toBeGreaterThan(0);
  expect(takeFollower(roomCode)).toBeNull();
});

/** Lets pages of this exchange connect: opening one replaces WebSockets. */
async function openLine(): Promise<void> {
  const other = await Page.open(exchange, "Eve");
  other.close();
  answerHttp(exchange, { needsPasscode: false });
}

/** Keeps the page where it is when it would go elsewhere. @returns the address to which it would go */
const stay = () =>
  new Promise<string>((resolve) => {
    const refuse = (event: NavigateEvent) => {
      event.preventDefault();
      resolve(event.destination.url);
    };
    navigation.addEventListener("navigate", refuse, { once: true });
  });

const play = { scoring: "rank", min_trades: 2, bots: "host", names: "masked" };
const stats = {
  ...{ seq: 1, journalled: 1, trades: 0, open_orders: 0, traders: 1, spectators: 0 },
  ...{ connected: 1, sockets: 1, strangers: 0, unread_bytes_most: 0, stored_bytes: 0, users: [] },
  settings: { on_disconnect: "cancel", lens: "after", mark_lots: 3, ...play },
};
