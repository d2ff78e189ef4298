/** Tests that no figure is cut on a phone, with quantities of seven digits and the longest names. */

import { commands } from "vitest/browser";
import { expect, test } from "vitest";
import { cutFigures, overlaidFigures } from "#lib/testing/cut.ts";
import { css, id, shown, tap, text } from "#lib/testing/driver.ts";
import { Page } from "#lib/testing/page.ts";
import { phone, setTheme } from "#lib/testing/stage.ts";
import { tourTimeoutMs } from "#lib/testing/tour.ts";
import { uglyRoom } from "#lib/testing/ugly-room.ts";

test(
  "every view of the terminal",
  async () => {
    const { exchange } = uglyRoom();
    const seat = await Page.open(exchange, "Wilhelmina van Rotterdam", { size: phone });
    const send = (side: "buy" | "sell", price: number, qty: number) =>
      seat.room.send({ op: "order_new", inst: 1, side, price, qty });
    await send("buy", 12_346, 420_000);
    await send("buy", 12_344, 543_210);
    await send("sell", 12_347.5, 1_000_000);
    await expect.poll(() => text(id("position-1").first())).toMatch(/^\+420/);
    const found: string[] = [];
    const see = async (name: string) => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      found.push(...[...cutFigures(), ...overlaidFigures()].map((cut) => `${name}: ${cut}`));
      for (const theme of ["light", "dark"] as const) {
        setTheme(theme);
        await commands.shoot(`figures/phone-${name}-${theme}`);
      }
    };
    await see("at first");
    const views = css('[data-testid^="view-"]')
      .elements()
      .map((view) => (view as HTMLElement).dataset["testid"] ?? "");
    expect(views.length).toBeGreaterThan(3);
    for (const view of views) {
      await tap(view);
      await shown(view === "view-simple" ? "simple-make" : view);
      await see(view);
    }
    expect(found).toEqual([]);
  },
  tourTimeoutMs,
);
