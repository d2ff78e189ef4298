/** Tests the console as the host uses it, and its effects on the exchange and on traders. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import {
  attribute,
  click,
  count,
  css,
  fill,
  id,
  press,
  pressIn,
  resize,
  rowsOf,
  shown,
  text,
  texts,
} from "#lib/testing/driver.ts";
import { Exchange, roomCode, type Program } from "#lib/testing/exchange.ts";
import { reachedAt } from "#lib/testing/http.ts";
import type { Message } from "#protocol";
import { Page } from "#lib/testing/page.ts";
import { hearNames } from "#lib/state/tape-sharing.ts";
import { laptop } from "#lib/testing/stage.ts";
import { openSumRoom, type SumRoom } from "./testing/sum-room.ts";

let exchange: Exchange;
let ana: Program;
let bo: Program;
let seat: Page;
let trade: SumRoom["trade"];

beforeEach(async () => {
  ({ exchange, ana, bo, seat, trade } = await openSumRoom());
});

/** The session's actions, the main one first. */
const actions = () => texts(css('[role="group"][aria-label="What to do next"] button'));
const worst = (program: Program) => text(`worst-${program.userId}`);

test("the invitation has an address that others can open, and the passcode for the host who set it", async () => {
  await expect.poll(() => attribute("share-link", "href")).toMatch(`${reachedAt}/r/`);
  expect(count(css(`[aria-label^="QR code of ${reachedAt}/r/"]`))).toBe(1);
  expect(count("passcode")).toBe(0);
  seat.room.passcode = { isNeeded: true, text: "Café 7" };
  await expect.poll(() => text("passcode")).toBe("Passcode: Café 7");
  seat.room.passcode = { isNeeded: true, text: null };
  await expect.poll(() => text("passcode")).toMatch(/^A passcode is needed/);
  expect(count("local-only")).toBe(0);
});

test("the worst settlement of every trader and of the room is shown, and no end is said as such", async () => {
  // Three calls struck at 100 sold at 5: at the bound of 200 they cost 300 and brought 15.
  await expect.poll(() => worst(ana)).toBe("−285.00");
  await expect.poll(() => worst(bo)).toBe("−15.00");
  await expect.poll(() => text("room-exposure")).toContain("SUM: −285.00 at 200");
  await trade(3, 2, 10);
  await expect.poll(() => worst(ana)).toBe("Unlimited if it rises");
  await expect.poll(() => worst(bo)).toBe("Unlimited if it falls");
  const why = text(`worst-${ana.userId}-why`);
  expect(why).toContain("WILD: short WILD, unlimited loss if it rises, −10.00 a point");
  expect(why).toContain("SUM: −285.00 at 200");
  await expectAccessible();
});

test("the host sees what a trader sees as it changes, and no trader can", async () => {
  trade(3, 2, 10);
  ana.ask("order_new", { inst: 1, side: "buy", qty: 7, price: 42 });
  await click(`watch-${ana.userId}`);
  const list = (what: string) => texts(`watch-${what}`);
  const flat = (what: string) => list(what).map((row) => row.replace(/\s+/g, " "));
  await expect.poll(() => flat("order")).toEqual(["SUM Buy 42 7 0"]);
  expect(flat("fill").map((row) => row.split(" ").slice(0, -1).join(" "))).toEqual([
    "WILD Sell 10.00 2",
    "SUM 100C Sell 5.0 3",
  ]);
  expect(flat("position").map((row) => row.split(" ").slice(0, 3).join(" "))).toEqual([
    "SUM 100C −3",
    "WILD −2 10.00",
  ]);
  bo.ask("order_new", { inst: 1, side: "sell", qty: 2, price: 42 });
  await expect.poll(() => flat("order")).toEqual(["SUM Buy 42 5 2"]);
  await expect.poll(() => list("fill").length).toBe(3);
  await expectAccessible();
  const { pnl } = ana.ask("get_pnl", {}) as Message<"pnl">;
  await expect.poll(() => Number(text("watch-pnl").replace("−", "-"))).toBeCloseTo(pnl, 2);
  await expect.poll(() => count(id("watch").css("input, select, textarea"))).toBe(0);
  await press("Escape");
  ana.ask("cancel_all", {});

  for (const user_id of [ana.userId, bo.userId])
    expect(bo.ask("get_orders", { user_id })).toMatchObject({ code: "FORBIDDEN" });
});

test("each phase has one main action, which says what it does, and others beside it", async () => {
  await expect.poll(actions).toEqual(["Pause", "Settle SUM…", "Close the session…"]);
  await click("session-pause");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("paused");
  await expect.poll(actions).toEqual(["Resume", "Settle SUM…", "Close the session…"]);
  await click("session-open");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("open");
  await fill("session-minutes", "30");
  await click("session-set-end");
  await expect.poll(() => ana.all("session").at(-1)?.ends_at ?? null).not.toBeNull();
  await fill("news-text", "Rain in Brazil.");
  await click("news-send");
  await expect.poll(() => ana.all("news").map((item) => item.text)).toEqual(["Rain in Brazil."]);
  exchange.host.ask("settle", { inst: 1, value: 100 });
  exchange.host.ask("settle", { inst: 3, value: 100 });
  await expect.poll(actions).toEqual(["Pause", "Add an instrument…", "Close the session…"]);
  await click("session-add");
  await click(id("add-dialog").getByRole("button", { name: "Close" }));
});

test("on a tablet the run of the session takes one row and runs over no edge", async () => {
  await resize(laptop);
  const bar = page.getByRole("region", { name: "Session", exact: true });
  await shown(bar);
  await expect.poll(() => rowsOf(bar.css(".state, .run, .end"))).toBe(1);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(laptop.width);
});

test("a scalar is listed with the price at which ladders and first quotes start", async () => {
  await click("add-instrument");
  await click(page.getByRole("tab", { name: "Scalar" }));
  await fill("add-symbol", "JAR");
  await fill("add-opening", "550");
  await click("add-submit");
  await expect
    .poll(() => exchange.instruments.at(-1))
    .toMatchObject({ symbol: "JAR", opening_price: 550 });
});

test("a long strip of options is folded under its scalar, and opens to be worked on", async () => {
  seat.close();
  exchange = new Exchange();
  exchange.list("SUM");
  exchange.listStrip(1, "SUM", [70, 80, 90, 100, 110, 120, 130]);
  await Page.open(exchange, "Exchange", { role: "exchange", theme: "light" });
  const strip = id("strip-1");
  await expect.poll(() => text(strip)).toMatch(/14 options/);
  expect(attribute(strip, "aria-expanded")).toBe("false");
  expect(count("instrument-2")).toBe(0);
  await expectAccessible();
  await pressIn(strip, "Enter");
  await click("halt-2");
  await expect
    .poll(() => exchange.instruments.map(({ halted }) => halted))
    .toEqual([false, true, ...Array.from({ length: 13 }, () => false)]);
  await click(strip);
  await expect.poll(() => count("instrument-2")).toBe(0);
});

test("the host's tape says who bought from whom, and the projector only while the host wants it", async () => {
  await expect.poll(() => texts("trade-names")).toEqual(["Bo from Ana"]);
  trade(1, 2, 100);
  await expect.poll(() => texts("trade-names")).toEqual(["Bo from Ana", "Bo from Ana"]);
  await expectAccessible();
  const told: unknown[] = [];
  const stop = hearNames(roomCode, (names) => told.push(names));
  await expect.poll(() => told).toEqual([null]);
  await click("share-names");
  await expect
    .poll(() => told.at(-1))
    .toEqual([
      [2, "Bo", "Ana"],
      [1, "Bo", "Ana"],
    ]);
  await click("share-names");
  await expect.poll(() => told.at(-1)).toBeNull();
  stop();
});
