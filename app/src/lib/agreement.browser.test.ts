/**
 * Tests that all screens of a room tell the same: the time left by the server's clock, the places of equals, and what a
 * settlement has brought.
 */

import { describe, expect, test } from "vitest";
import {
  bodyText,
  click,
  css,
  fill,
  gone,
  id,
  press,
  shown,
  text,
  texts,
} from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page, type PageSettings } from "#lib/testing/page.ts";
import { desktop, phone } from "#lib/testing/stage.ts";

const X = 1;
const host = { role: "exchange" } as const;
const projector = { role: "spectator", isProjector: true } as const;

const screens: [screen: string, settings: PageSettings, timer: string][] = [
  ["terminal", {}, '[role="timer"]'],
  ["phone", { size: phone }, '[role="timer"]'],
  ["console", host, '[data-testid="session-clock"]'],
  ["projector", { ...projector, size: desktop }, '[role="timer"]'],
];

test.each(screens)(
  "the %s counts down by the server's clock, where its own is fast",
  async (_screen, settings, timer) => {
    const exchange = new Exchange();
    exchange.list("X");
    const fastMs = 7 * 60_000;
    const tenMinutesOfServer = Date.now() - fastMs + 10 * 60_000;
    exchange.host.ask("session", { state: "open", ends_at: tenMinutesOfServer });
    const seat = await Page.open(exchange, "Ana", settings);
    await expect.poll(() => text(css(timer))).toMatch(/[23]:\d\d/);
    seat.room.clockOffsetMs = -fastMs;
    await expect.poll(() => text(css(timer))).toMatch(/^(10:00|9:5\d)/);
  },
);

/** Two have gained as much as the other two have lost. */
function withEquals(): Exchange {
  const exchange = new Exchange();
  exchange.list("X");
  const [ana, bo, cy, dee] = ["Ana", "Bo", "Cy", "Dee"].map((name) => exchange.program(name));
  for (const [seller, buyer, price] of [
    [ana, bo, 100],
    [cy, dee, 100],
  ] as const) {
    seller!.ask("order_new", { inst: X, side: "sell", qty: 1, price });
    buyer!.ask("order_new", { inst: X, side: "buy", qty: 1, price });
  }
  exchange.host.ask("settle", { inst: X, value: 104 });
  return exchange;
}
const equals = ["1=", "1=", "3=", "3="];
const places = (cells: string) => texts(css(cells));

test("equals share a place on the leaderboard of every screen, and in the results", async () => {
  const exchange = withEquals();
  const console = await Page.open(exchange, "Exchange", host);
  await expect
    .poll(() => places('[data-testid="leaderboard"] tbody td:first-child'))
    .toEqual(equals);
  console.close();

  const big = await Page.open(exchange, "Screen", projector);
  await expect.poll(() => places('[data-testid="standing"] .place')).toEqual(equals);
  big.close();

  await Page.open(exchange, "Eve", { role: "spectator" });
  await click("tab-leaders");
  await expect.poll(() => places('[data-testid="leader-row"] td:first-child')).toEqual(equals);
  exchange.host.ask("session", { state: "closed" });
  await expect
    .poll(() => places('[data-testid="final-leaderboard"] tbody td:first-child'))
    .toEqual(equals);
});

describe("a buyer of 10 at 550, settled at 612 while the last mark was 479, has made +620", () => {
  const inIt = "P&L in X: +620.00. Total P&L: +621.00.";

  /** Ana has bought, and has made one more with Y; her page or another is open. */
  async function played(settings: PageSettings, name = "Ana") {
    const exchange = new Exchange();
    exchange.list("X");
    exchange.list("Y");
    const [bo, cy] = [exchange.program("Bo"), exchange.program("Cy")];
    const seat = await Page.open(exchange, name, settings);
    const ana = name === "Ana" ? seat.room : null;
    const program = ana === null ? exchange.program("Ana") : null;
    const buys = async (inst: number, qty: number, price: number) => {
      bo.ask("order_new", { inst, side: "sell", qty, price });
      const bid = { inst, side: "buy", qty, price } as const;
      if (program !== null) program.ask("order_new", bid);
      else await ana!.send({ op: "order_new", ...bid });
    };
    await buys(X, 10, 550);
    await buys(2, 1, 100);
    for (const [inst, price] of [
      [X, 479],
      [2, 101],
    ] as const) {
      bo.ask("order_new", { inst, side: "sell", qty: 1, price });
      cy.ask("order_new", { inst, side: "buy", qty: 1, price });
    }
    return exchange;
  }

  test.each([
    ["terminal", desktop],
    ["phone", phone],
  ])("on the %s, and in the results", async (_screen, size) => {
    const { host } = await played({ size });
    host.ask("settle", { inst: X, value: 612 });
    await expect.poll(bodyText).toContain(`X settled at 612. ${inIt}`);
    host.ask("resettle", { inst: X, value: 613 });
    await expect
      .poll(bodyText)
      .toContain("X: settlement corrected to 613. P&L in X: +630.00. Total P&L: +631.00.");
    host.ask("resettle", { inst: X, value: 612 });
    host.ask("session", { state: "closed" });
    await expect.poll(() => text("final-pnl")).toBe("+621.00");
    const rows = css('[data-testid="final-settlements"] tr');
    expect(texts(rows).map((row) => row.split(/\s*\t\s*/))).toEqual([
      ["Instrument", "Settled at", "Your P&L in it"],
      ["X", "612 corrected", "+620.00"],
    ]);
  });

  test("on the projector, where a correction is shown as one", async () => {
    const { host } = await played(projector, "Screen");
    await shown("market");
    const row = (name: string) =>
      texts(css('[data-testid="reveal-changes"] tbody tr')).find((one) => one.startsWith(name));
    host.ask("settle", { inst: X, value: 612 });
    await shown("reveal-changes");
    expect(text("reveal-changes")).toMatch(/P&L in X\s+Total P&L/);
    expect(row("Ana")).toMatch(/^Ana\s+\+620\s+\+621$/);
    await press("Escape");
    await gone("reveal");
    host.ask("resettle", { inst: X, value: 613 });
    await shown("reveal-changes");
    expect(text("reveal")).toMatch(/X\s+settlement corrected to\s+613/);
    expect(row("Ana")).toMatch(/^Ana\s+\+630\s+\+631$/);
  });

  test("in the console, before it is settled", async () => {
    const exchange = await played(host, "Exchange");
    await click(`settle-${X}`);
    await fill("settle-value", "612");
    const rows = id("settle-preview").css("tr");
    await expect
      .poll(() => texts(rows).map((row) => row.split(/\s*\t\s*/)))
      .toContainEqual(["Ana", "+620.00", "+621.00"]);
    expect(texts(rows)[0]).toMatch(/P&L in X\s+Total P&L/);
    expect(texts(rows).at(-1)).toMatch(/^Sum\s+0\.00/);
    exchange.host.ask("settle", { inst: X, value: 612 });
    exchange.host.ask("resettle", { inst: X, value: 613 });
    await expect.poll(bodyText).toContain("X: settlement corrected to 613.");
  });
});
