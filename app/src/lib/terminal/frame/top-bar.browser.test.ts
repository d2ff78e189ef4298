/** Tests that the bar at the top keeps to one row on a laptop: each row of it is a row less of every ladder. */

import { expect, test } from "vitest";
import { box, css, resize, shown } from "#lib/testing/driver.ts";
import { livelyRoom } from "#lib/testing/lively-room.ts";
import { Page } from "#lib/testing/page.ts";
import { laptop } from "#lib/testing/stage.ts";

test("all of the bar is in one row at 1024 px, with a trader's P&L of thousands and a name of 16 letters", async () => {
  const { exchange } = livelyRoom();
  const seat = await Page.open(exchange, "Wilhelmina Smith", { size: laptop });
  await seat.room.send({ op: "order_new", inst: 1, side: "buy", price: 90, qty: 5 });
  await resize(laptop);
  await shown("cancel-all");
  const head = box(css("header").first());
  const button = box("cancel-all");
  expect(head.height).toBeLessThan(1.5 * button.height);
  expect(button.x + button.width).toBeGreaterThan(head.width - 20);
});
