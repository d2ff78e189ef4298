/** Every page in a browser that refuses to store anything: all work as long as they are open, and say so. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { playerSeat } from "#lib/state/seats.ts";
import { dropHeld } from "#lib/storage.ts";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { bodyText, click, count, fill, gone, id, shown, text } from "#lib/testing/driver.ts";
import { Exchange, hostToken, roomCode } from "#lib/testing/exchange.ts";
import { answerHttp } from "#lib/testing/http.ts";
import { refuseStorage } from "#lib/testing/no-storage.ts";
import { Page } from "#lib/testing/page.ts";
import { put } from "#lib/testing/stage.ts";
import Lobby from "../routes/+page.svelte";
import Room from "../routes/r/[room]/+page.svelte";
import Screen from "../routes/r/[room]/screen/+page.svelte";

const note = "it forgets your seat when you close this tab";
let exchange: Exchange;

beforeEach(async () => {
  exchange = new Exchange();
  exchange.list("SUM");
  // The lines of its pages lead to this exchange.
  (await Page.open(exchange, "Somebody")).close();
  answerHttp(exchange);
  dropHeld();
  refuseStorage();
});
afterEach(dropHeld);

test("a trader joins from the lobby, trades, and opens the seat elsewhere by its own link", async () => {
  const leave = put(Lobby, {});
  await shown("create-room");
  expect(bodyText()).toContain(note);
  await expectAccessible("the lobby without storage");
  leave();

  put(Room, {});
  await fill("join-name", "Ana");
  await fill("join-passcode", "none");
  expect(bodyText()).toContain(note);
  await click("join-submit");
  await shown("ladder-1");
  expect(text("tab-only")).toBe("This tab only");
  const bo = exchange.program("Bo");
  bo.ask("order_new", { inst: 1, side: "sell", qty: 3, price: 100 });
  await click("theme");
  exchange.host.ask("news", { text: "Still here." });
  await expect.poll(() => text("news")).toContain("Still here.");

  await click("my-name");
  await click("move-seat");
  await shown("handed-link");
  expect(text("handed-link")).toMatch(new RegExp(`/r/${roomCode}#seat=\\d{6}$`));
  await expectAccessible("the own seat's link");
  await click("hand-out-done");
  await gone("hand-out-dialog");

  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  expect(leaving.defaultPrevented).toBe(true);
});

test("a host creates a room, runs it in the console, and opens the projector", async () => {
  const toRoom = put(Lobby, {});
  await click("create-room");
  await expect.poll(() => playerSeat.find(roomCode)?.hostToken).toBe(hostToken);
  toRoom();

  const toScreen = put(Room, {});
  await fill("join-name", "Exchange");
  await click("join-submit");
  await shown("console");
  expect(text("tab-only")).toBe("This tab only");
  await click(id("settle-1"));
  await fill("settle-value", "104");
  await expectAccessible("the console without storage");
  toScreen();

  put(Screen, {});
  await shown("welcome");
});

test("a browser that stores is not spoken to about it", async () => {
  dropHeld();
  vi.restoreAllMocks();
  put(Lobby, {});
  await shown("create-room");
  expect(count("tab-only")).toBe(0);
});
