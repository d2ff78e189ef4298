/** Tests a room before the start: who is here, on console, terminal and projector, and the start that begins it. */

import { beforeEach, expect, test } from "vitest";
import { page } from "vitest/browser";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { click, count, css, gone, id, shown, text, texts } from "#lib/testing/driver.ts";
import { Exchange } from "#lib/testing/exchange.ts";
import { Page } from "#lib/testing/page.ts";
import { laptop, phone } from "#lib/testing/stage.ts";

let exchange: Exchange;

beforeEach(() => {
  exchange = new Exchange({ start: "lobby", name: "Friday game" });
});

const actions = () => texts(css('[role="group"][aria-label="What to do next"] button'));

test("the host sees who comes, large code and link, and starts with one action", async () => {
  await Page.open(exchange, "Exchange", { role: "exchange" });
  await expect.poll(actions).toEqual(["Add an instrument…", "Start", "Close the session…"]);
  await expect.poll(() => text("here")).toBe("Nobody is here yet");
  exchange.list("SUM");
  await expect.poll(actions).toEqual(["Start", "Close the session…"]);
  const [ana] = [exchange.program("Ana"), exchange.program("Bo")];
  await expect.poll(() => texts(id("who-is-here").css("li"))).toEqual(["Ana", "Bo"]);
  await expect.poll(() => text("here")).toBe("2 traders here");
  expect(count("share-link")).toBe(1);
  await expectAccessible();
  expect(ana.ask("order_new", { inst: 1, side: "buy", qty: 1, price: 1 })).toMatchObject({
    code: "PAUSED",
  });
  await click("session-open");
  await gone("gathering");
  await expect.poll(() => ana.all("session").at(-1)?.state).toBe("open");
  await expect.poll(actions).toEqual(["Pause", "Settle SUM…", "Close the session…"]);
  // A latecomer still finds the way in.
  await shown("share-link");
});

test.each([laptop, phone])("gathering runs over no edge at %o", async (size) => {
  exchange.list("SUM", { description: "The sum of all cards" });
  for (let nth = 1; nth <= 20; nth++) exchange.program(`Wilhelmina-Alexandra ${nth + 100}`);
  await Page.open(exchange, "Exchange", { role: "exchange", size });
  await shown("gathering");
  await expectAccessible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(size.width);
});

test("the projector welcomes until the start, with the names, and then shows the market", async () => {
  exchange.list("SUM");
  exchange.program("Ana");
  await Page.open(exchange, "Screen", { role: "spectator", isProjector: true });
  await shown("welcome");
  await expect.poll(() => texts(id("who").css("li"))).toEqual(["Ana"]);
  await shown(page.getByText("The host starts soon."));
  await expectAccessible();
  exchange.host.ask("session", { state: "open" });
  await gone("welcome");
  await shown("market");
});
