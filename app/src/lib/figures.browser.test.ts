/**
 * Tests that no figure is cut on any screen, whatever the width: with quantities of seven digits, prices such as 12,345.5,
 * losses of millions and the longest names. A figure without its last digits is another figure.
 */

import { commands } from "vitest/browser";
import { afterEach, expect, test } from "vitest";
import { cutFigures, overlaidFigures } from "#lib/testing/cut.ts";
import { click, css, fill, fillTicket, gone, press, resize, shown } from "#lib/testing/driver.ts";
import { Page } from "#lib/testing/page.ts";
import { setTheme } from "#lib/testing/stage.ts";
import { tourTimeoutMs } from "#lib/testing/tour.ts";
import { uglyRoom, uglyScalars } from "#lib/testing/ugly-room.ts";

const widths = [1440, 1366, 1024];
const height = 900;
const dialog = css("dialog[open]");
let found: string[] = [];
afterEach(() => (found = []));

/** Sizes are measured in the frame after a change, and what follows from them is drawn in the next. */
async function settled(): Promise<void> {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}

async function see(name: string, sizes: readonly number[] = widths): Promise<void> {
  for (const width of sizes) {
    await resize({ width, height });
    await settled();
    found.push(
      ...[...cutFigures(), ...overlaidFigures()].map((cut) => `${name}, ${width} px: ${cut}`),
    );
    for (const theme of ["light", "dark"] as const) {
      setTheme(theme);
      await commands.shoot(`figures/${name}-${theme}-${width}`);
    }
  }
}

/** A trader who has bought 420,000 of each scalar, and rests orders of seven digits. */
async function openTerminal(size = { width: widths[0]!, height }) {
  const game = uglyRoom();
  const seat = await Page.open(game.exchange, "Wilhelmina van Rotterdam", { size });
  for (const inst of uglyScalars) {
    const send = (side: "buy" | "sell", price: number, qty: number) =>
      seat.room.send({ op: "order_new", inst, side, price, qty });
    await send("buy", 12_346, 420_000);
    await send("buy", 12_344, 543_210);
    await send("sell", 12_347.5, 543_210);
  }
  await expect.poll(() => seat.room.orders.length).toBe(2 * uglyScalars.length);
  return { ...game, seat };
}

test(
  "the terminal, with one to four ladders, its tabs, chain and quotes",
  async () => {
    await openTerminal();
    for (const inst of uglyScalars) {
      await click(`instrument-${inst}`);
      await shown(`ladder-${inst}`);
      await see(`${inst} ladders`);
    }
    await resize({ width: 1440, height });
    await fillTicket("sell", "12345.5", "876543");
    await see("ticket");
    for (const tab of ["positions", "fills", "tape", "leaders", "news", "orders"]) {
      await click(`tab-${tab}`);
      await see(tab);
    }
    await press("v");
    await shown("quote-grid");
    await see("quote grid");
    expect(found).toEqual([]);
  },
  tourTimeoutMs,
);

test(
  "the console, its dialogs, and a settlement",
  async () => {
    const { exchange, traders } = uglyRoom();
    const sizes = [...widths, 390];
    await Page.open(exchange, "Exchange", { role: "exchange" });
    await shown("console");
    await see("console", sizes);
    await resize({ width: 1440, height });
    await click(`watch-${traders[2]!.userId}`);
    await shown(dialog);
    await see("watch", sizes);
    await press("Escape");
    await gone(dialog);
    await resize({ width: 1440, height });
    await click("settle-1");
    await fill("settle-value", "12345.625");
    await shown("settle-preview");
    await see("settlement", sizes);
    expect(found).toEqual([]);
  },
  tourTimeoutMs,
);

test(
  "the projector, a settlement on it, and the end",
  async () => {
    const { exchange } = uglyRoom();
    const sizes = [1920, 1440, 1024];
    await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
    await shown("market");
    await press("1");
    await see("projector", sizes);
    exchange.host.ask("settle", { inst: 1, value: 12_345.625 });
    await shown("reveal-changes");
    await see("reveal", sizes);
    await press("Escape");
    await gone("reveal");
    exchange.host.ask("session", { state: "closed" });
    await shown("final");
    await see("end", sizes);
    expect(found).toEqual([]);
  },
  tourTimeoutMs,
);

test("a figure that is cut is found: in text, and in a field", () => {
  const box = document.createElement("div");
  document.body.append(box);
  box.innerHTML = `
    <p style="width: 40px; overflow: hidden; white-space: nowrap">1,234,567</p>
    <p style="width: 40px; overflow: clip; text-overflow: ellipsis; white-space: nowrap"><b>765,432.00</b></p>
    <p style="width: 40px; overflow: hidden; white-space: nowrap">no figure in it</p>
    <p style="width: 40px; overflow-x: auto; white-space: nowrap">1,234,567</p>
    <p class="hidden-text">1,234,567</p>
    <p style="width: 200px; overflow: hidden">1,234,567</p>
    <input style="width: 30px" value="1,234,567" />
    <input style="width: 200px" value="1,234,567" />`;
  expect(cutFigures(box)).toHaveLength(3);
  box.remove();
});

test("figures of one row that lie over each other are found", () => {
  const box = document.createElement("div");
  document.body.append(box);
  box.innerHTML = `
    <ul><li><span>12</span> <span>34</span></li>
    <li style="display: flex"><span style="width: 10px">1,234,567</span><span>765,432</span></li></ul>`;
  expect(overlaidFigures(box)).toEqual(['"1,234,567" over "765,432" in li ()']);
  box.remove();
});
