/** Tests the console on a phone. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { choose, rowsOf, shown } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { phone } from "#lib/testing/stage.ts";

const X = 1;
let exchange: Exchange;

beforeEach(async () => {
  exchange = new Exchange();
  exchange.list("X");
  exchange.listStrip(X, "X", [90, 100]);
  await Page.open(exchange, "Exchange", { role: "exchange", size: phone });
});

test("nothing runs over an edge, and the choice of the lens has its place", async () => {
  await shown("lens-setting");
  await expectAccessible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(phone.width);
  await choose("lens-setting", "always");
  await expect.poll(() => exchange.room.state.lens).toBe("always");
});

test("the run of the session takes two rows", async () => {
  const bar = page.getByRole("region", { name: "Session", exact: true });
  await shown(bar);
  expect(rowsOf(bar.css(".state, .run, .end"))).toBe(2);
});
