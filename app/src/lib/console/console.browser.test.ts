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
  type,
} from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import type { Message } from "#protocol";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

let exchange: Exchange;
let ana: Program;
let bo: Program;
let seat: Page;

/** A bounded scalar with a call on it, and one without bounds. Ana has sold Bo three calls. */
beforeEach(async () => {
  exchange = new Exchange({ onDisconnect: "cancel" });
  exchange.list("SUM", { min_price: 0, max_price: 200 });
  exchange.list("SUM 100C", { type: "CALL", tick_size: 0.5, reference_id: 1, strike: 100 });
  exchange.list("WILD", { tick_size: 0.25, tick_value: 5, description: "No bounds" });
  exchange.host.ask("set_limits", { max_position: 77, max_loss: 5000 });
  [ana, bo] = [exchange.program("Ana"), exchange.program("Bo")];
  trade(2, 3, 5);
  seat = await Page.open(exchange, "Exchange", { role: "exchange" });
});

/** Ana sells to Bo. */
function trade(inst: number, qty: number, price: number): void {
  ana.ask("order_new", { inst, side: "sell", qty, price });
  bo.ask("order_new", { inst, side: "buy", qty, price });
}
const next = () => text(css('[aria-current="step"]'));
const worst = (program: Program) => text(`worst-${program.userId}`);

test("the worst settlement of every trader and of the room is shown, and no end is said as such", async () => {
  // Three calls struck at 100 sold at 5: at the bound of 200 they cost 300 and brought 15.
  await expect.poll(() => worst(ana)).toBe("−285.00");
  await expect.poll(() => worst(bo)).toBe("−15.00");
  await expect.poll(() => text("room-exposure")).toContain("SUM: −285.00 at 200");
  await trade(3, 2, 10);
  await expect.poll(() => worst(ana)).toBe("Unbounded above");
  await expect.poll(() => worst(bo)).toBe("Unbounded below");
  const why = text(`worst-${ana.userId}-why`);
  expect(why).toContain("WILD: short WILD, unbounded above, −10.00 a point");
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

test("the steps lead through the session, and what is next stands out", async () => {
  await expect.poll(next).toBe("News");
  await click("session-pause");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("paused");
  await expect.poll(next).toBe("Open");
  await click("session-open");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("open");
  await fill("session-minutes", "30");
  await click("session-set-end");
  await expect.poll(() => ana.all("session").at(-1)?.ends_at ?? null).not.toBeNull();
  await expect.poll(next).toBe("News");
  await click("session-news");
  await type("Rain in Brazil.");
  await click("news-send");
  await expect.poll(() => ana.all("news").map((item) => item.text)).toEqual(["Rain in Brazil."]);
  await click("session-prepare");
  await click(id("add-dialog").getByRole("button", { name: "Close" }));
});

test("on a tablet the run of the session takes one row and runs over no edge", async () => {
  await resize(laptop);
  const bar = page.getByRole("region", { name: "Session", exact: true });
  await shown(bar);
  await expect.poll(() => rowsOf(bar.css(".state, .run, .end"))).toBe(1);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(laptop.width);
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
