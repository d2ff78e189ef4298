/** Set-ups on the shelf of the console. */

import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, count, css, fill, id, shown } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import type { Message } from "#protocol";

/** What a set-up is compared by. */
const setUpOf = (exchange: Exchange) => ({
  instruments: exchange.instruments,
  limits: (exchange.program("Watcher", "spectator").all("join_ack")[0] as Message<"join_ack">)
    .limits,
});

test("a set-up is saved and renamed, one click applies it to an empty room, and it is deleted after a question", async () => {
  const dealt = new Exchange();
  dealt.list("SUM", { min_price: 0, max_price: 200 });
  dealt.list("SUM 100C", { type: "CALL", tick_size: 0.5, reference_id: 1, strike: 100 });
  dealt.host.ask("set_limits", { max_position: 77, max_loss: 5000 });
  const seat = await Page.open(dealt, "Exchange", { role: "exchange" });
  await click("preset-save");
  await fill("preset-name", "First");
  await click("preset-dialog-yes");
  await click("preset-rename");
  await fill("preset-name", "Card night");
  await expectAccessible();
  await click("preset-dialog-yes");
  await shown(css('[data-preset="Card night"]'));
  await expect.poll(() => count(css("[data-preset]"))).toBe(1);
  seat.close();

  const empty = new Exchange();
  const other = await Page.open(empty, "Exchange", { role: "exchange" });
  await click("preset-start");
  await shown("instrument-2");
  const before = setUpOf(dealt);
  await expect.poll(() => empty.instruments).toEqual(before.instruments);
  expect(setUpOf(empty)).toEqual(before);
  await expect.poll(() => count("preset-apply")).toBe(0);

  await click("preset-remove");
  await click("confirm-preset-remove-yes");
  await expect.poll(() => count(css("[data-preset]"))).toBe(0);
  other.close();
});

test("broken storage is nothing", async () => {
  localStorage.setItem("mmg.presets", '{"version":1,"presets":[');
  await Page.open(new Exchange(), "Exchange", { role: "exchange" });
  await shown(id("presets").getByText("None yet"));
});
