/** Tests the presets in the console. */

import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, count, css, fill, id, shown } from "#lib/testing/driver.ts";
import { presetOf } from "#lib/presets/preset.ts";
import { PresetShelf } from "#lib/presets/shelf.svelte.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

/** The parts of a room's set-up that are compared. */
const setUpOf = (exchange: Exchange) => ({
  instruments: exchange.instruments,
  limits: exchange.program("Watcher", "spectator").all("join_ack")[0]!.limits!,
});

test("a set-up is renamed, one click applies it to an empty room, and it is deleted after a question", async () => {
  const [dealt, empty] = [new Exchange(), new Exchange()];
  dealt.list("SUM", { min_price: 0, max_price: 200 });
  dealt.list("SUM 100C", { type: "CALL", tick_size: 0.5, reference_id: 1, strike: 100 });
  dealt.host.ask("set_limits", { max_position: 77, max_loss: 5000 });
  const before = setUpOf(dealt);
  const settings = { on_disconnect: "keep", lens: "off", mark_lots: 5 } as const;
  new PresetShelf().save(presetOf("First", Date.now(), { ...before, settings }));
  await Page.open(empty, "Exchange", { role: "exchange" });
  await click("preset-rename");
  await fill("preset-name", "Card night");
  await expectAccessible();
  await click("preset-dialog-yes");
  await shown(css('[data-preset="Card night"]'));
  await expect.poll(() => count(css("[data-preset]"))).toBe(1);

  await click("preset-start");
  await shown("instrument-2");
  await expect.poll(() => empty.instruments).toEqual(before.instruments);
  expect(setUpOf(empty)).toEqual(before);
  await expect.poll(() => count("preset-apply")).toBe(0);

  await click("preset-remove");
  await click("confirm-preset-remove-yes");
  await expect.poll(() => count(css("[data-preset]"))).toBe(0);
});

test("broken storage is nothing", async () => {
  localStorage.setItem("mmg.presets", '{"version":1,"presets":[');
  const exchange = new Exchange();
  exchange.list("SUM");
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await shown(id("presets").getByText("None yet"));
});
