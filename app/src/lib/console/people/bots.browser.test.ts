/** Tests bots in the console: the host adds and removes them, and has one trade the seat of somebody who has gone. */

import { commands } from "vitest/browser";
import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { choose, click, fill, oneLine, shown, text } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

test("the host adds named bots, sees their mark, and removes one", async () => {
  const exchange = new Exchange();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await click("add-bots");
  await shown("bots-dialog");
  await choose("bots-kind", "noise");
  await fill("bots-count", "2");
  await fill("bots-name", "Nils");
  await expectAccessible();
  await commands.shoot("bots/dialog");
  await click("bots-dialog-yes");
  await expect.poll(() => text("people")).toContain("Nils 2");
  expect(text("people")).toContain("bot");
  await expectAccessible();
  await commands.shoot("bots/people");
  // A bot of the room sends no requests: none is not the same as not known.
  const bot = [...exchange.room.state.users.values()].find(({ name }) => name === "Nils 1");
  expect(oneLine(`requests-${bot?.userId}`)).toMatch(/Not known ?–$/);
  await click(`person-menu-${bot?.userId}`);
  await click(`remove-${bot?.userId}`);
  await click("confirm-remove-bot-yes");
  await expect.poll(() => bot?.kicked).toBe(true);
});
