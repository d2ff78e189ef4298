/** Tests the settings of the game in the console. */

import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { choose, click, fill, shown, text } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

test("the host changes how rounds are scored, who is ranked, and who may trade by API", async () => {
  const exchange = new Exchange();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(() => text("settings")).toContain("P&L");
  await click("settings-edit");
  await shown("settings-dialog");
  await choose("settings-scoring", "luck_adjusted");
  await fill("settings-min-trades", "3");
  await choose("settings-bots", "none");
  await choose("settings-names", "masked");
  await expectAccessible();
  await click("settings-dialog-yes");
  await expect
    .poll(() => exchange.room.state.settings)
    .toEqual({ scoring: "luck_adjusted", min_trades: 3, bots: "none", names: "masked" });
  await expect.poll(() => text("settings")).toContain("P&L without luck");
  await expectAccessible();
});

test("a setting that changes while the dialog is open is not undone by its Save", async () => {
  const exchange = new Exchange();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await click("settings-edit");
  await shown("settings-dialog");
  expect(text("settings-dialog")).not.toContain("Not saved yet");
  exchange.host.ask("settings", { names: "masked" });
  await choose("settings-bots", "none");
  expect(text("settings-dialog")).toContain("Not saved yet");
  await click("settings-dialog-yes");
  await expect.poll(() => exchange.room.state.settings.bots).toBe("none");
  expect(exchange.room.state.settings.names).toBe("masked");
});
