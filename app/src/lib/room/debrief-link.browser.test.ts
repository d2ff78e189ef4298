/** The way from a closed session to its page, on every screen. */

import { expect, test } from "vitest";
import { closingOf } from "#lib/state/closings.ts";
import { attribute, shown } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page, type PageSettings } from "#lib/testing/page.ts";
import { phone } from "#lib/testing/stage.ts";

const debrief = "/s/session#class-key";
const close = ({ host }: Exchange) => host.ask("session", { state: "closed" });

function openRoom(): Exchange {
  const exchange = new Exchange();
  exchange.list("X");
  return exchange;
}

test.each<[string, PageSettings]>([
  ["terminal", {}],
  ["phone", { size: phone, view: "first" }],
])("%s: the results lead to the debrief, and the hash that was told is kept", async (_, look) => {
  const exchange = openRoom();
  await Page.open(exchange, "Ana", look);
  close(exchange);
  await shown("open-debrief");
  expect(attribute("open-debrief", "href")).toBe(debrief);
  await expect.poll(() => closingOf("session")?.logHash).toBe(exchange.room.state.log.hash);
});

test("the console leads to it, with a link to copy", async () => {
  const exchange = openRoom();
  await Page.open(exchange, "Exchange", { role: "exchange" });
  close(exchange);
  await shown("copy-debrief");
  expect(attribute("open-debrief", "href")).toBe(debrief);
});

test("the projector shows a code to scan", async () => {
  const exchange = openRoom();
  await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
  close(exchange);
  await shown("debrief-qr");
  expect(attribute("debrief-qr", "href")).toBe(debrief);
});
