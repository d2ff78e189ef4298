/** A browser that refuses cookies and site data, as Chromium does by its setting: a reload still comes back to the seat. */

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium as playwright, type BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wholeChromium } from "../scripts/tools.mjs";
import { ownFolder } from "./support/own-server.ts";

const url = process.env["MMG_URL"] ?? "";
/** The content setting that blocks. */
const BLOCK = 2;
const folder = ownFolder();
let context: BrowserContext;

beforeAll(async () => {
  mkdirSync(path.join(folder, "Default"));
  const settings = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  writeFileSync(path.join(folder, "Default/Preferences"), JSON.stringify(settings));
  const { executablePath, args } = wholeChromium;
  context = await playwright.launchPersistentContext(folder, { executablePath, args });
});
afterAll(() => context.close());

test("a host creates a room and a trader joins it; both are in their seats again after a reload", async () => {
  const host = await context.newPage();
  const faults: string[] = [];
  host.on("pageerror", ({ message }) => faults.push(message));
  // Playwright accepts what a page asks before it is left.
  await host.goto(url);
  const refused = host.evaluate(() => localStorage.length);
  await expect(refused).rejects.toThrow("Access is denied");
  await host.getByTestId("create-room").click();
  await host.getByTestId("join-submit").click();
  await host.getByTestId("console").waitFor();
  const link = host.url();
  await host.reload();
  await host.getByTestId("console").waitFor();

  const trader = await context.newPage();
  trader.on("pageerror", ({ message }) => faults.push(message));
  await trader.goto(link);
  await trader.getByTestId("join-name").fill("Ana");
  await trader.getByTestId("join-submit").click();
  await trader.getByTestId("terminal").waitFor();
  await trader.reload();
  await expect.poll(() => trader.getByTestId("my-name").innerText()).toBe("Ana");
  await trader.getByTestId("tab-only").waitFor();
  expect(faults).toEqual([]);
});
