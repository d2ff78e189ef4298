/** `npm run pictures`: shoots every screen of a busy room, in both themes and its sizes, into e2e/out/pictures. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch, Person } from "../e2e/support/browser.ts";
import { livelyRoom } from "../e2e/support/lively-room.ts";
import { sizes, tourAsHost, tourAsTrader, tourOfDebrief } from "../e2e/support/tour.ts";
import { build, root } from "./build.mjs";
import { startServer } from "./serving/server.mjs";

const out = `${root}e2e/out/pictures`;
mkdirSync(out, { recursive: true });
build();
const dataDir = mkdtempSync(path.join(tmpdir(), "game-pictures-"));
const { url, stop } = await startServer({ port: 0, host: "127.0.0.1", dataDir });
const browser = await launch();
const game = await livelyRoom(url.origin, 19);
await game.play(40);
await game.host.ask("news", {
  text: "The harvest is late: analysts expect a higher index at the close.",
});

for (const theme of /** @type {const} */ (["dark", "light"]))
  for (const [width, size] of Object.entries(sizes)) {
    const see = (/** @type {Person} */ person, /** @type {string} */ name) =>
      shoot(person, `${name}-${theme}-${width}`);
    const tour = { browser, url: url.origin, game, theme, size, see };
    await tourAsTrader(tour);
    await tourAsHost(tour);
  }

/** @type {{ screen: Person, name: string }[]} */
const screens = [];
for (const theme of /** @type {const} */ (["dark", "light"]))
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 1280, height: 720 },
  ]) {
    const screen = await Person.open(browser, size, theme);
    await screen.page.goto(`${game.link}/screen`);
    await screen.id("market").waitFor();
    await game.play(6);
    await screen.page.keyboard.press("1");
    await shoot(screen, `screen-${theme}-${size.width}`);
    screens.push({ screen, name: `${theme}-${size.width}` });
  }
await game.host.ask("settle", { inst: 1, value: 104 });
for (const { screen, name } of screens) {
  await screen.id("reveal-changes").waitFor();
  await shoot(screen, `screen-settled-${name}`);
}
const closed = await game.host.ask("session", { state: "closed" });
if (!closed.ok) throw new Error(closed.message);
for (const { screen, name } of screens) {
  await screen.page.keyboard.press("Escape");
  await screen.id("final").waitFor();
  await shoot(screen, `screen-closed-${name}`);
}

const link = `${url.origin}${closed.reply.debrief_url}`;
for (const theme of /** @type {const} */ (["dark", "light"]))
  for (const [width, size] of Object.entries(sizes))
    await tourOfDebrief(browser, link, { theme, size }, (person, name) =>
      shoot(person, `${name}-${theme}-${width}`, true),
    );

game.close();
await browser.close();
await stop();
rmSync(dataDir, { recursive: true, force: true });
console.log(`Pictures are in ${path.relative(root, out)}`);

async function shoot(
  /** @type {Person} */ person,
  /** @type {string} */ name,
  /** Whether what lies below the screen is shown too. */ isWhole = false,
) {
  await person.page.waitForTimeout(400);
  await person.page.screenshot({ path: `${out}/${name}.png`, fullPage: isWhole });
}
