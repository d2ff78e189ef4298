/** Commands of a test in the page to its browser: real events of keys, wheel, mouse and finger. */

import type {} from "@vitest/browser-playwright";
import type { BrowserCommand } from "vitest/node";

/** Presses a key, or several together, as Playwright names them: `Shift+ArrowDown`. */
const pressKey: BrowserCommand<[key: string]> = ({ page }, key) => page.keyboard.press(key);
/** Holds a key down until it has repeated, as a keyboard does. */
const holdKey: BrowserCommand<[key: string, presses: number]> = async ({ page }, key, presses) => {
  for (let n = 0; n < presses; n++) await page.keyboard.down(key);
  await page.keyboard.up(key);
};
const typeText: BrowserCommand<[text: string]> = ({ page }, text) => page.keyboard.type(text);
const moveMouse: BrowserCommand<[x: number, y: number]> = ({ page }, x, y) => page.mouse.move(x, y);
const turnWheel: BrowserCommand<[by: number]> = ({ page }, by) => page.mouse.wheel(0, by);
const clickMouse: BrowserCommand<[x: number, y: number, count: number]> = (
  { page },
  x,
  y,
  clickCount,
) => page.mouse.click(x, y, { clickCount });
const pressMouse: BrowserCommand<[]> = async ({ page }) => {
  await page.mouse.down();
  await page.mouse.up();
};
/** Presses the mouse button at one place and moves it to another, without releasing it there. */
const startDrag: BrowserCommand<[from: [number, number], to: [number, number]]> = async (
  { page },
  from,
  to,
) => {
  await page.mouse.move(...from);
  await page.mouse.down();
  // The first move takes the orders up, the second one carries them.
  await page.mouse.move(...to, { steps: 2 });
};
const releaseMouse: BrowserCommand<[]> = ({ page }) => page.mouse.up();
/** Presses the mouse button at one place and releases it at another. */
const dragMouse: BrowserCommand<[from: [number, number], to: [number, number]]> = async (
  { page },
  from,
  to,
) => {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to);
  await page.mouse.up();
};
const tapOn: BrowserCommand<[selector: string]> = async ({ iframe }, selector) => {
  await iframe.locator(selector).tap({ timeout: 20_000 });
};
const reduceMotion: BrowserCommand<[on: boolean]> = ({ page }, on) =>
  page.emulateMedia({ reducedMotion: on ? "reduce" : "no-preference" });

/** Takes the zoom of the whole page back. */
const resetZoom: BrowserCommand<[]> = async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
  await session.detach();
};

/** Shoots the screen into e2e/out/looks, if `PICTURES` is set: to be looked at, not compared. */
const shoot: BrowserCommand<[name: string]> = async ({ iframe, project }, name) => {
  if (process.env["PICTURES"] === undefined) return;
  const path = `${project.config.root}/e2e/out/looks/${name.replaceAll(/[^\w./-]+/g, "-")}.png`;
  await iframe.locator("body").screenshot({ path, animations: "disabled" });
};

export const commands = {
  ...{
    pressKey,
    holdKey,
    typeText,
    moveMouse,
    turnWheel,
    clickMouse,
    pressMouse,
    startDrag,
    releaseMouse,
    dragMouse,
    tapOn,
    reduceMotion,
    resetZoom,
    shoot,
  },
};

type Asked<C> = C extends BrowserCommand<infer Given> ? (...given: Given) => Promise<void> : never;
type Commands = { [K in keyof typeof commands]: Asked<(typeof commands)[K]> };

declare module "vitest/browser" {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the way to tell Vitest of commands
  interface BrowserCommands extends Commands {}
}
