/** A walk through every screen, as pictures and checks of all pages need it. */

import type { Browser } from "playwright-core";
import { Person } from "./browser.ts";
import type { LivelyRoom } from "./lively-room.ts";

export type Theme = "dark" | "light";
type Size = { width: number; height: number };

export const sizes = {
  1440: { width: 1440, height: 900 },
  1024: { width: 1024, height: 768 },
  390: { width: 390, height: 844 },
};

export interface Tour {
  browser: Browser;
  url: string;
  game: LivelyRoom;
  theme: Theme;
  size: Size;
  /** Lets the game go on for so many rounds. */
  play: (rounds: number) => Promise<void>;
  /** Called on every screen, once it stands. */
  see: (person: Person, name: string) => Promise<void>;
}

const isPhone = ({ width }: Size) => width < 600;

/** Who comes by the link: lobby, joining, and the terminal with all that opens in it. */
export async function tourAsTrader(tour: Tour): Promise<void> {
  const { browser, url, game, theme, size, play, see } = tour;
  const visitor = await Person.open(browser, size, theme);
  await visitor.page.goto(url);
  await visitor.id("join-code").waitFor();
  await see(visitor, "lobby");
  await visitor.page.goto(game.link);
  await visitor.id("join-name").waitFor();
  await see(visitor, "join");
  await visitor.join(game.link, `Seven ${theme} ${size.width}`);
  await play(10);
  await see(visitor, "terminal");
  for (const side of ["bid", "ask"]) {
    const best = visitor.page.locator(`[data-testid="ladder-1"] [data-col="${side}"].best`);
    if (await best.first().isVisible()) await best.first().click();
  }
  await play(6);
  await see(visitor, "terminal-busy");
  if (isPhone(size))
    for (const view of ["chain", "ticket", "orders", "people"]) {
      await visitor.id(`view-${view}`).click();
      await see(visitor, `phone-${view}`);
    }
  else {
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

/** The host: the console, and the settlement before it is sent. */
export async function tourAsHost(tour: Tour): Promise<void> {
  const { browser, url, game, theme, size, play, see } = tour;
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
  await play(6);
  await see(host, "console");
  // On a phone a tap on the row shows its actions.
  if (!(await host.id("settle-1").isVisible()))
    await host.id("instrument-1").locator("button").first().click();
  await host.id("settle-1").click();
  await host.id("settle-value").fill("104");
  await see(host, "console-settle");
  await host.close();
}

/** Who looks on from the last row, or from a seat of their own. */
export async function tourAsSpectator(tour: Tour): Promise<void> {
  const { browser, game, theme, size, play, see } = tour;
  const screen = await Person.open(browser, size, theme);
  await screen.page.goto(`${game.link}/screen`);
  await screen.id("market").waitFor();
  await play(4);
  await screen.page.keyboard.press("1");
  await see(screen, "screen");
  await screen.close();
}
