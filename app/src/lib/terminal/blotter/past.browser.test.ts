/** Tests lists of what has been: trades and fills of rounds that are over. */

import { expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, id, texts } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { tabStore } from "#lib/storage.ts";

test("after a reload in a later round fills and trades of the one before have their names", async () => {
  const exchange = new Exchange({});
  const bo = exchange.program("Bo");
  const seat = await Page.open(exchange, "Cy");
  const start = (format: string) => exchange.host.ask("round_start", { format, auto: false });
  const next = () => exchange.host.ask("round_step", { action: "next" });
  start("seventeen");
  while (bo.all("round").at(-1)?.step.kind !== "trade") next();
  const [inst = 0] = bo.all("round").at(-1)!.instruments;
  bo.ask("order_new", { inst, side: "sell", price: 40, qty: 2 });
  void seat.room.send({ op: "order_new", inst, side: "buy", price: 40, qty: 2 });
  while (bo.all("round").at(-1)?.state !== "done") next();
  start("dice");
  const rows = async () => {
    await click("tab-fills");
    const fills = texts(id("fill-row").css(".symbol"));
    await click("tab-tape");
    return [...fills, ...texts(id("tape-row").css(".symbol"))];
  };
  await expect.poll(rows).toEqual(["SUM", "SUM"]);
  await seat.reload();
  await expect.poll(rows).toEqual(["SUM", "SUM"]);
  // A page that has never seen the instrument says what it is.
  tabStore.remove("mmg.past.instruments");
  seat.close();
  await Page.open(exchange, "Di");
  await click("tab-tape");
  const symbols = () => texts(id("tape-row").css(".symbol"));
  await expect
    .poll(() => symbols().map((one) => one.replace(/\s+/g, " ")))
    .toEqual([`Earlier #${inst}`]);
  await expectAccessible();
});
