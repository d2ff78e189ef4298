/** Tests changes of names: by the host, and by a trader until the first trade; refusals in words. */

import { beforeEach, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, fill, gone, id, press, shown, text } from "#lib/testing/driver.ts";
import { Exchange, type Program } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

let exchange: Exchange;
let ana: Program;
let bo: Program;

beforeEach(() => {
  exchange = new Exchange();
  exchange.list("SUM");
  [ana, bo] = [exchange.program("Ana"), exchange.program("Bo")];
});

test("the host renames anybody from the menu; a taken name is refused in words", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await click(`person-menu-${ana.userId}`);
  await expectAccessible();
  await click(`rename-${ana.userId}`);
  await fill("rename-name", "bo");
  await click("rename-dialog-yes");
  await expect
    .poll(() => text(id("rename-dialog").getByRole("alert")))
    .toMatch(/this name already/);
  await fill("rename-name", "Anna");
  await click("rename-dialog-yes");
  await gone("rename-dialog");
  await expect.poll(() => text(`watch-${ana.userId}`)).toBe("Anna");
  expect(bo.all("user_renamed").at(-1)).toMatchObject({ user_id: ana.userId, name: "Anna" });
});

test("a trader changes the own name until the first trade, and is told why not later", async () => {
  await Page.open(exchange, "Cy");
  await click("my-name");
  await click("change-name");
  await fill("rename-name", "Cyril");
  await expectAccessible();
  await click("rename-dialog-yes");
  await expect.poll(() => text("my-name")).toBe("Cyril");

  bo.ask("order_new", { inst: 1, side: "sell", qty: 1, price: 5 });
  const cyril = exchange.userId("Cyril");
  exchange.host.ask("rename", { user_id: cyril, name: "Cy" });
  await expect.poll(() => text("my-name")).toBe("Cy");
  await shown("ladder-1");
  await id("ticket-side-buy").click({ force: true });
  await fill("ticket-price", "5");
  await fill("ticket-qty", "1");
  await click("ticket-submit");
  await expect.poll(() => exchange.held("Cy")).toEqual({ 1: 1 });
  await click("my-name");
  await click("change-name");
  await fill("rename-name", "Cyril");
  await click("rename-dialog-yes");
  await expect.poll(() => text(id("rename-dialog").getByRole("alert"))).toMatch(/only the host/);
  await press("Escape");
});
