/** Tests the strip of messages by keyboard. */

import { expect, test } from "vitest";
import { click, css, id, press, shown } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";

test("Escape in the list of messages closes it, and gives the focus back to its button", async () => {
  const exchange = new Exchange({});
  exchange.list("SUM");
  await Page.open(exchange, "Ana");
  exchange.host.ask("update_tick_size", { instrument_id: 1, tick_size: 5 });
  exchange.host.ask("halt", { inst: 1, on: true });
  await click("all-messages");
  const dismiss = id("strip").css("ul button").first();
  await shown(dismiss);
  (dismiss.element() as HTMLElement).focus();
  await press("Escape");
  await expect.poll(() => css("ul:popover-open").elements().length).toBe(0);
  await expect.poll(() => document.activeElement?.getAttribute("data-testid")).toBe("all-messages");
});
