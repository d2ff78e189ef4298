/** Tour of every screen in a room of the real server, for pictures. */

import type { Browser } from "playwright-core";
import { desktop, laptop, Person, phone } from "./browser.ts";
import type { LivelyRoom } from "./lively-room.ts";

export type Theme = "dark" | "light";
type Size = { width: number; height: number };

export const sizes = {
  1440: desktop,
  1366: { width: 1366, height: 768 },
  1024: laptop,
  390: phone,
};

export interface Tour {
  browser: Browser;
  url: string;
  game: LivelyRoom;
  theme: Theme;
  size: Size;
  /** Called on every screen, once it is drawn. */
  see: (person: Person, name: string) => Promise<void>;
}

const isPhone = ({ width }: Size) => width < 600;

/** Tours the lobby, joining by the link, and the terminal with everything that opens in it. */
export async function tourAsTrader(tour: Tour): Promise<void> {
  const { browser, url, game, theme, size, see } = tour;
  const visitor = await Person.open(browser, size, theme);
  await visitor.page.goto(url);
  await visitor.id("join-code").waitFor();
  await see(visitor, "lobby");
  await visitor.page.goto(game.link);
  await visitor.id("join-name").waitFor();
  await see(visitor, "join");
  await visitor.join(game.link, `Seven ${theme} ${size.width}`);
  await game.play(10);
  await see(visitor, "terminal");
  if (isPhone(size)) await visitor.id("view-ladder").click();
  for (const side of ["bid", "ask"]) {
    const best = visitor.page.locator(`[data-testid="ladder-1"] [data-col="${side}"].best`);
    if (await best.first().isVisible()) await best.first().click();
  }
  await game.play(6);
  await see(visitor, "terminal-busy");
  if (isPhone(size)) {
    for (const view of ["chain", "ticket", "orders", "people"]) {
      await visitor.id(`view-${view}`).click();
      await see(visitor, `phone-${view}`);
    }
    await visitor.id("phone-help").click();
    await visitor.id("help").waitFor();
    await see(visitor, "phone-help");
  } else {
    await visitor.id("lens").click();
    await see(visitor, "terminal-lens");
    await visitor.page.keyboard.press("v");
    await visitor.id("quote-grid").waitFor();
    await see(visitor, "terminal-quotes");
    await visitor.page.keyboard.press("?");
    await visitor.id("help").waitFor();
    await see(visitor, "terminal-help");
  }
  await visitor.close();
}

/** Tours the console, and the settlement before it is sent. */
export async function tourAsHost(tour: Tour): Promise<void> {
  const { browser, url, game, theme, size, see } = tour;
  const host = await Person.open(browser, size, theme);
  await host.page.goto(url);
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
  await game.play(6);
  await see(host, "console");
  const fromMenu = async (action: string, menu = "menu-1") => {
    await host.id(menu).click();
    await host.id(action).click();
  };
  const dialogs: [name: string, open: () => Promise<void>][] = [
    ["add", () => host.id("add-instrument").click()],
    ["tick", () => fromMenu("tick-1")],
    ["limits", () => fromMenu("limits-2", "person-menu-2")],
    ["watch", () => host.id("watch-2").click()],
    ["remove", () => fromMenu("kick-2", "person-menu-2")],
    ["close", () => host.id("session-close").click()],
  ];
  for (const [name, open] of dialogs) {
    await open();
    await host.page.locator("dialog[open]").waitFor();
    await see(host, `console-${name}`);
    await host.page.keyboard.press("Escape");
  }
  // On a phone the menu has all actions.
  if (await host.id("settle-1").isVisible()) await host.id("settle-1").click();
  else await fromMenu("menu-settle-1");
  await host.id("settle-value").fill("104");
  await see(host, "console-settle");
  await host.close();
}

/** Tours the page of a session: every part of it, and the two that go on paper. */
export async function tourOfDebrief(
  browser: Browser,
  link: string,
  { theme, size }: Pick<Tour, "theme" | "size">,
  see: Tour["see"],
): Promise<void> {
  const visitor = await Person.open(browser, size, theme);
  await visitor.page.goto(link);
  await visitor.id("debrief-leaderboard").waitFor();
  for (const part of ["class", "trader"]) {
    await visitor.id(`tab-${part}`).click();
    await visitor.page.locator("canvas").first().waitFor();
    await see(visitor, `debrief-${part}`);
    await visitor.page.emulateMedia({ media: "print" });
    await visitor.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await see(visitor, `debrief-${part}-printed`);
    await visitor.page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await visitor.page.emulateMedia({ media: "screen" });
  }
  await visitor.id("tab-replay").click();
  await visitor.id("replay").waitFor();
  for (let step = 0; step < 5; step++) await visitor.id("own-next").click();
  await see(visitor, "debrief-replay");
  await visitor.id("tab-check").click();
  await visitor.id("verify").click();
  await visitor.id("verdict").waitFor();
  await see(visitor, "debrief-check");
  await visitor.close();
}
