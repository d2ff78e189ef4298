/** `npm run pictures`: every screen in both themes and its sizes, of a room in full swing, into e2e/out/pictures. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launch, Person } from "../e2e/browser.ts";
import { livelyRoom } from "../e2e/lively-room.ts";
import { build, root } from "./build.mjs";
import { startServer } from "./server.mjs";

const out = `${root}e2e/out/pictures`;
const sizes = {
  1440: { width: 1440, height: 900 },
  1024: { width: 1024, height: 768 },
  390: { width: 390, height: 844 },
};

/** @type {{ screen: Person, name: string }[]} */
const screens = [];

mkdirSync(out, { recursive: true });
build();
const dataDir = mkdtempSync(path.join(tmpdir(), "game-pictures-"));
const { url, stop } = await startServer({ port: 0, host: "127.0.0.1", dataDir });
const browser = await launch();
const game = await livelyRoom(url.origin, 19);
for (let round = 0; round < 40; round++) await turn();
await game.host.ask("news", {
  text: "The harvest is late: analysts expect a higher index at the close.",
});

for (const theme of /** @type {const} */ (["dark", "light"]))
  for (const [width, size] of Object.entries(sizes)) {
    const shot = (/** @type {Person} */ person, /** @type {string} */ name) =>
      shoot(person, `${name}-${theme}-${width}`);
    const visitor = await Person.open(browser, size, theme);
    await visitor.page.goto(url.origin);
    await shot(visitor, "lobby");
    await visitor.page.goto(game.link);
    await visitor.id("join-name").waitFor();
    await shot(visitor, "join");
    await visitor.join(game.link, `Seven ${theme} ${width}`);
    for (let round = 0; round < 10; round++) await turn();
    await shot(visitor, "terminal");
    await trade(visitor);
    for (let round = 0; round < 6; round++) await turn();
    await shot(visitor, "terminal-busy");
    if (size.width < 600)
      for (const view of ["chain", "ticket", "orders", "people"]) {
        await visitor.id(`view-${view}`).click();
        await shot(visitor, `phone-${view}`);
      }
    await visitor.close();

    const host = await Person.open(browser, size, theme);
    await host.page.goto(url.origin);
    const seat = {
      code: game.room,
      roomName: "Friday game",
      name: "Exchange",
      role: "exchange",
      resumeToken: null,
      hostToken: game.hostToken,
      at: Date.now(),
    };
    await host.page.evaluate(
      (one) => localStorage.setItem("mmg.seats", JSON.stringify({ [one.code]: one })),
      seat,
    );
    await host.page.goto(game.link);
    await host.enterAsHost();
    for (let round = 0; round < 6; round++) await turn();
    await shot(host, "console");
    // On a phone a tap on the row shows its actions.
    if (!(await host.id("settle-1").isVisible()))
      await host.id("instrument-1").locator("button").first().click();
    await host.id("settle-1").click();
    await host.id("settle-value").fill("104");
    await shot(host, "console-settle");
    await host.close();
  }

for (const theme of /** @type {const} */ (["dark", "light"]))
  for (const size of [
    { width: 1920, height: 1080 },
    { width: 1280, height: 720 },
  ]) {
    const screen = await Person.open(browser, size, theme);
    await screen.page.goto(`${game.link}/screen`);
    await screen.id("market").waitFor();
    for (let round = 0; round < 6; round++) await turn();
    await screen.page.keyboard.press("1");
    await shoot(screen, `screen-${theme}-${size.width}`);
    screens.push({ screen, name: `${theme}-${size.width}` });
  }
await game.host.ask("settle", { inst: 1, value: 104 });
for (const { screen, name } of screens) {
  await screen.id("reveal-changes").waitFor();
  await shoot(screen, `screen-settled-${name}`);
}
await game.host.ask("session", { state: "closed" });
for (const { screen, name } of screens) {
  await screen.page.keyboard.press("Escape");
  await screen.id("final").waitFor();
  await shoot(screen, `screen-closed-${name}`);
}

game.close();
await browser.close();
await stop();
rmSync(dataDir, { recursive: true, force: true });
console.log(`Pictures are in ${path.relative(root, out)}`);

async function shoot(/** @type {Person} */ person, /** @type {string} */ name) {
  await person.page.waitForTimeout(400);
  await person.page.screenshot({ path: `${out}/${name}.png` });
}

async function turn() {
  game.step();
  await new Promise((resolve) => setTimeout(resolve, 60));
}

/** A few clicks, so that there are orders and a position to be seen. */
async function trade(/** @type {Person} */ person) {
  const reply = (/** @type {number} */ inst, /** @type {string} */ side) =>
    person.page.locator(`[data-testid="ladder-${inst}"] [data-col="${side}"].best`).first();
  for (const side of ["bid", "ask"]) if (await reply(1, side).count()) await reply(1, side).click();
}
