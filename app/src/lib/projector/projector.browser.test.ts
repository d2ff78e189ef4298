/** Tests the projector: it shows the traders' public acts, and nothing private. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { commands } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { chartDescription, drawn, ink } from "#lib/testing/chart.ts";
import { pass, stopClock } from "#lib/testing/clock.ts";
import {
  bodyText,
  box,
  choose,
  click,
  count,
  css,
  element,
  id,
  isVisible,
  move,
  press,
  resize,
  shown,
  text,
  texts,
  wheel,
} from "#lib/testing/driver.ts";
import { Exchange, type Program, roomCode } from "#lib/testing/exchange.ts";
import { reachedAt } from "#lib/testing/http.ts";
import { Page } from "#lib/testing/page.ts";

import { put } from "#lib/testing/stage.ts";
import Projector from "./Projector.svelte";

const projector = { width: 1280, height: 720 };
const X = 1;
const Y = 3;

let exchange: Exchange;
let host: Program;
let ana: Program;
let bo: Program;

/** A scalar, a call on it at 90, and another scalar; two traders. */
beforeEach(() => {
  exchange = new Exchange({ name: "Friday game" });
  ({ host } = exchange);
  exchange.list("X", { description: "Eggs in the basket" });
  exchange.list("X 90C", { type: "CALL", reference_id: X, strike: 90, tick_size: 0.5 });
  exchange.list("Y", { tick_value: 100_000 });
  ana = exchange.program("Ana");
  bo = exchange.program("Bartholomew Featherstone");
});
afterEach(() => commands.reduceMotion(false));

const watch = (theme: "dark" | "light" = "dark") =>
  Page.open(exchange, "Screen", { role: "spectator", size: projector, theme, isProjector: true });

test("the class sees the address that it can open, and that a passcode is needed; the screen stays awake", async () => {
  const release = vi.fn(() => Promise.resolve());
  const request = vi.fn(() => Promise.resolve({ released: false, release } as never));
  vi.spyOn(navigator, "wakeLock", "get").mockReturnValue({ request } as never);
  const seat = await watch();
  seat.room.passcode = { isNeeded: true, text: null };
  await expect.poll(bodyText).toContain(new URL(reachedAt).host);
  expect(bodyText()).not.toContain(location.host);
  expect(count(css(`[aria-label="QR code of ${reachedAt}/r/${roomCode}"]`))).toBe(1);
  await shown("passcode-needed");
  await expectAccessible("the welcome of a room with a passcode");
  expect(request).toHaveBeenCalledTimes(1);
  // The browser lets go of the lock when the page is hidden; it comes back with the page.
  ((await request.mock.results[0]!.value) as { released: boolean }).released = true;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(request).toHaveBeenCalledTimes(2);
  order(ana, X, "buy", 1, 90);
  await expect.poll(() => count("welcome")).toBe(0);
  expect(bodyText()).toContain(new URL(reachedAt).host);
  seat.close();
  await expect.poll(() => release.mock.calls.length).toBeGreaterThan(0);
});

test("a server that only this computer reaches is said so, and its address is not shown to the class", async () => {
  const seat = await watch();
  seat.close();
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ origins: [] })));
  put(Projector, { room: seat.room });
  await shown("local-only");
  expect(bodyText()).not.toContain(location.host);
  expect(count(css('[aria-label^="QR code"]'))).toBe(0);
  expect(text("local-only").replaceAll("\u00a0", " ")).toContain("HOST=0.0.0.0 npm start");
  // No empty frame stands where the code would be: the words have the whole width.
  expect(count(css(".qr"))).toBe(0);
  await expectAccessible("the welcome of this computer alone");
});

test("a shared tenth place has its room beside the name", async () => {
  const zed = exchange.program("Zed");
  const winners = Array.from({ length: 9 }, (_, n) => exchange.program(`Winner ${n}`));
  for (const [n, winner] of winners.entries()) {
    order(zed, X, "sell", n + 1, 100);
    order(winner, X, "buy", n + 1, 100);
  }
  order(ana, X, "buy", 1, 110);
  order(zed, X, "sell", 1, 110);
  await watch();
  const tenth = id("standing").nth(9);
  await expect.poll(() => text(tenth.css(".place"))).toBe("10=");
  const place = element(tenth.css(".place"));
  expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
});

function order(
  program: Program,
  inst: number,
  side: "buy" | "sell",
  qty: number,
  price: number,
): void {
  expect(program.ask("order_new", { inst, side, qty, price }).type).toBe("order_ack");
}

/** Ana sells three at 101, buys four at 98, and bids for one more there. */
function trade(): void {
  order(ana, X, "sell", 10, 101);
  order(ana, X, "buy", 5, 98);
  order(bo, X, "buy", 3, 101);
  order(bo, X, "sell", 4, 98);
}

const sentences = () => texts("sentence");
const leaderboard = () =>
  texts("standing").map((row) =>
    row
      .replace(/[▲▼]\d+|up \d+|down \d+/g, "")
      .split(/\s*\n\s*/)
      .join(" ")
      .trim(),
  );

test("an untouched room teaches how to join, and names who is in", async () => {
  await watch();
  await shown("welcome");
  await expect.poll(() => text("welcome")).toContain(new URL(reachedAt).host);
  expect(text("welcome")).toContain(roomCode);
  await expect.poll(() => text("traders-in")).toBe("2 traders in");
  await expect.poll(() => text("who")).toMatch(/Ana\s+Bartholomew Featherstone/);
  await expectAccessible();
});

test("orders show as a book, trades as sentences, a price and a leaderboard", async () => {
  await watch();
  order(ana, X, "sell", 10, 101);
  order(ana, X, "buy", 4, 98);
  await shown("market");
  await expect.poll(() => text("shown-symbol")).toBe("X");
  await expect.poll(() => text("ask-0")).toBe("101");
  await expect.poll(() => text("bid-0")).toBe("98");
  order(bo, X, "buy", 3, 101);
  await expect.poll(sentences).toEqual(["▲\n3 X lifted at 101"]);
  order(bo, X, "sell", 4, 98);
  await expect.poll(() => sentences()[0]).toBe("▼\n4 X hit at 98");
  await expect.poll(() => text("shown-price")).toMatch(/98$/);
  await expect
    .poll(chartDescription)
    .toMatch(/^Price of X. 2 trades since .*: last 98, low 98, high 101\.$/);
  await expect.poll(() => ink("--text")).toBeGreaterThan(200);
  // The projector's chart does not zoom: the wheel does nothing. While trading rests the line stays as it is.
  host.ask("session", { state: "paused" });
  await shown("band");
  await drawn();
  const before = ink("--text");
  const { x, y } = box("chart");
  await move(x + 40, y + 20);
  await wheel(-400);
  await move(5, 5);
  await expect.poll(() => ink("--text")).toBe(before);
  // Ana: sold 3 at 101, bought 4 at 98, marked at 98 or at the mid. The sum is zero.
  await expect
    .poll(leaderboard)
    .toEqual([
      expect.stringMatching(/^1 Ana \+/),
      expect.stringMatching(/^2 Bartholomew Featherstone −/),
    ]);
  await expectAccessible();
});

test("keys and clicks choose the instrument, and it stays", async () => {
  trade();
  await watch();
  await press("3");
  await expect.poll(() => text("shown-symbol")).toBe("Y");
  await press("ArrowLeft");
  await expect.poll(() => text("shown-symbol")).toBe("X 90C");
  await move(300, 300);
  await click("next-instrument");
  await expect.poll(() => text("shown-symbol")).toBe("Y");
  await choose("choose-instrument", String(X));
  await expect.poll(() => text("shown-symbol")).toBe("X");
});

test("a halt and a pause stand across the price, and go", async () => {
  trade();
  await watch();
  host.ask("halt", { inst: X, on: true });
  await expect.poll(() => texts("band")).toEqual(["X is halted"]);
  // The band is gone, whatever instrument is on the screen.
  await press("3");
  await expect.poll(() => count("band")).toBe(0);
  await expect.poll(() => text("halted")).toBe("X halted");
  await press("1");
  host.ask("halt", { inst: X, on: false });
  await expect.poll(() => count("band")).toBe(0);
  host.ask("session", { state: "paused" });
  await expect.poll(() => texts("band")).toEqual(["Trading is paused"]);
  await expect.poll(() => text("session-state")).toContain("Paused");
  await expectAccessible();
  host.ask("session", { state: "open", ends_at: Date.now() + 3_600_000 });
  await expect.poll(() => count("band")).toBe(0);
  await expect.poll(() => text(page.getByRole("timer"))).toMatch(/^(1:00:00|59:\d\d)\s+left$/);
});

test("public news is shown, news for one person is not", async () => {
  trade();
  await watch();
  host.ask("news", { text: "The hens are nervous.", to: [ana.userId] });
  host.ask("news", { text: "A fox was seen." });
  await expect.poll(() => texts("news")).toEqual([expect.stringMatching(/A fox was seen\./)]);
  expect(bodyText()).not.toContain("hens");
});

test("seven digits and negative prices fit, and nothing scrolls", async () => {
  await watch();
  order(ana, Y, "buy", 20, -12);
  order(bo, Y, "sell", 20, -12);
  order(bo, Y, "sell", 1, -7);
  order(ana, Y, "buy", 1, -9);
  await press("3");
  await expect.poll(() => text("ask-0")).toBe("−7");
  await expect.poll(() => leaderboard()[0]).toMatch(/^1 Ana \+\d,\d{3},\d{3}$/);
  for (const room of [projector, { width: 1920, height: 1080 }, { width: 390, height: 844 }]) {
    await resize(room);
    const spill = () => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth - innerWidth, scrollHeight - innerHeight];
    };
    await expect.poll(spill).toEqual([0, 0]);
    const clipped = css('[data-testid="standing"] .num, [data-testid^="ask-"]')
      .elements()
      .filter(
        (cell) =>
          cell.getBoundingClientRect().right > innerWidth ||
          (cell.scrollWidth > cell.clientWidth + 1 && cell.tagName === "TD"),
      )
      .map((cell) => cell.textContent);
    expect(clipped).toEqual([]);
  }
});

test("a settlement is an event: the value, its options, who gained and who lost", async () => {
  trade();
  await watch();
  await shown("market");
  host.ask("settle", { inst: X, value: 100.25 });
  await shown("reveal");
  const said = text("reveal");
  expect(said).toMatch(/X\s+Eggs in the basket\s+settles at/);
  expect(said).toContain("and 1 option with it");
  await expect.poll(() => text("reveal-value")).toBe("100.25");
  // Ana has sold three at 101 and bought four at 98, and is paid for one.
  await shown("reveal-changes");
  const cells = texts(css('[data-testid="reveal-changes"] :is(th, td)'));
  expect(cells.map((cell) => cell.trim())).toEqual([
    ...["Gained most", "P&L in X and its option", "Total P&L", "Ana", "+11.25", "+11.25"],
    ...["Lost most", "P&L in X and its option", "Total P&L"],
    ...["Bartholomew Featherstone", "−11.25", "−11.25"],
  ]);
  await expectAccessible();
  await press("Escape");
  await expect.poll(() => count("reveal")).toBe(0);
  await press("1");
  await expect.poll(() => text("shown-price")).toBe("100.25");
});

test("without motion the value is there at once, in the light as well, and the moment passes by itself", async () => {
  stopClock();
  await commands.reduceMotion(true);
  trade();
  await watch("light");
  await shown("market");
  host.ask("settle", { inst: X, value: 100.25 });
  await shown("reveal");
  expect(text("reveal-value")).toBe("100.25");
  await expectAccessible("reveal");
  await pass(20_000);
  await expect.poll(() => count("reveal")).toBe(0);
  await expectAccessible();
});

test("a silent line and a lost connection are said, and the screen comes back by itself", async () => {
  stopClock();
  trade();
  const seat = await watch();
  await press("1");
  await expect.poll(() => text("bid-0")).toBe("98");
  seat.lines[0]!.isSilent = true;
  seat.isCut = true;
  await pass(5_100);
  await expect.poll(() => text("lost")).toMatch(/^No answer/);
  await pass(12_000);
  await expect.poll(() => text("lost")).toMatch(/^Connection lost/);
  ana.ask("cancel_all", {});
  seat.isCut = false;
  await pass(3_000);
  await expect.poll(() => count("lost")).toBe(0);
  await expect.poll(() => text("bid-0")).toBe("");
});

test("the closed session ends with the final leaderboard", async () => {
  trade();
  order(ana, Y, "buy", 20, -12);
  order(bo, Y, "sell", 20, -12);
  await watch();
  host.ask("settle", { inst: X, value: 100.25 });
  host.ask("settle", { inst: Y, value: 5 });
  host.ask("session", { state: "closed" });
  await shown("reveal");
  await expect
    .poll(async () => {
      await press("Escape");
      return isVisible("final");
    })
    .toBe(true);
  await expect.poll(() => leaderboard()[0]).toMatch(/^1 Ana \+34,000,0\d\d$/);
  await expect.poll(() => text("final")).toMatch(/X\s+100\.25\s+Y\s+5\s+X 90C\s+10\.25/);
  await expectAccessible();
});

test("it is told nothing that is private", async () => {
  trade();
  const seat = await watch();
  host.ask("news", { text: "The hens are nervous.", to: [ana.userId] });
  host.ask("settle", { inst: X, value: 100 });
  await shown("reveal");
  const told = JSON.stringify(seat.lines.map(({ heard }) => heard));
  expect(told).toContain('"type":"leaderboard"');
  expect(told).toContain('"type":"settlement"');
  for (const type of ["fill", "order", "orders", "positions", "pnl"])
    expect(told).not.toContain(`"type":"${type}"`);
  expect(told).not.toMatch(/"payouts?"|hens|host_token/);
});
