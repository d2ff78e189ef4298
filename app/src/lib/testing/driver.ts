/** Short names for what users do and see on a page. Elements are found by test id; acts go through the browser. */

import { expect } from "vitest";
import { commands, locators, page, type Locator } from "vitest/browser";
import { priceKey } from "#lib/trading/grid.ts";

declare module "vitest/browser" {
  interface LocatorSelectors {
    /** Finds elements by a CSS selector. */
    css(selector: string): Locator;
  }
}
locators.extend({ css: (selector: string) => `css=${selector}` });

type What = Locator | string;
export const id = (testId: string): Locator => page.getByTestId(testId);
export const css = (selector: string): Locator => page.css(selector);
const found = (what: What) => (typeof what === "string" ? id(what) : what);
const nameOf = (what: What) => found(what).asLocator();
/** The only matching element. Polls call it often, so its error is a single sentence and no dump of the page. */
export function element(what: What): HTMLElement {
  const one = found(what).query();
  if (one === null) throw new Error(`nothing is there: ${nameOf(what)}`);
  return one as HTMLElement;
}

// Seeing. These functions throw without an element, so that a poll goes on.

/** The visible text. */
export const text = (what: What): string => element(what).innerText;
/** The visible text in one line, where parts are laid out beside each other. */
export const oneLine = (what: What): string => text(what).replace(/\s+/g, " ").trim();
export const texts = (what: What): string[] =>
  found(what)
    .elements()
    .map((one) => (one as HTMLElement).innerText);
export const count = (what: What): number => found(what).elements().length;
export const value = (what: What): string => (element(what) as HTMLInputElement).value;
export const attribute = (what: What, name: string): string | null =>
  element(what).getAttribute(name);
export const isDisabled = (what: What): boolean => (element(what) as HTMLButtonElement).disabled;
export const isChecked = (what: What): boolean => (element(what) as HTMLInputElement).checked;
export const isVisible = (what: What): boolean => {
  const seen = found(what).query();
  return seen !== null && seen.checkVisibility() && seen.getBoundingClientRect().height > 0;
};
export const bodyText = (): string => document.body.innerText;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export function box(what: What): Box {
  const { x, y, width, height } = element(what).getBoundingClientRect();
  return { x, y, width, height };
}
/** Width that is cut off or to be scrolled to at the right, of the page, its screens or an open dialog, px. */
export const sidewaysOverflow = (): number =>
  Math.max(
    ...[...document.querySelectorAll("html, .app > *, dialog[open]")].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
export const middle = ({ x, y, width, height }: Box): [number, number] => [
  x + width / 2,
  y + height / 2,
];

export const shown = (what: What) =>
  expect.poll(() => isVisible(what), { message: `${nameOf(what)} shows` }).toBe(true);
export const gone = (what: What) =>
  expect.poll(() => isVisible(what), { message: `${nameOf(what)} shows` }).toBe(false);

// Doing

/** @param key as Playwright names it, such as `Shift+ArrowDown` */
export const press = (key: string) => commands.pressKey(key);
export const type = (words: string) => commands.typeText(words);
export async function pressIn(what: What, key: string): Promise<void> {
  await expect.poll(() => count(what)).toBe(1);
  element(what).focus();
  await press(key);
}
export async function fill(what: What, words: string): Promise<void> {
  await found(what).fill(words);
}
export const wheel = (by: number) => commands.turnWheel(by);
export const move = (x: number, y: number) => commands.moveMouse(x, y);
/** Moves the pointer to a place where nothing can be clicked. */
export const pointNowhere = () => move(700, 3);
export const rightClick = (what: What) => found(what).click({ button: "right" });
/** Waits until the prices below the place rest: a ladder that moves by itself refuses presses, and says so by a frame. */
const pricesRest = (what: What) =>
  expect.poll(() => found(what).query()?.closest(".due, .moved") ?? null).toBe(null);
/** Clicks once the prices below the place rest. */
export async function click(what: What): Promise<void> {
  await pricesRest(what);
  await found(what)
    .click()
    .catch((fault: unknown) => {
      throw new Error(`${String(fault)}\n${surroundings(what)}`, { cause: fault });
    });
}
/** Tells where an element, its menu and the windows around it are, for a click that did not reach it. */
function surroundings(what: What): string {
  const one = found(what).query();
  if (one === null) return "it has gone";
  const boxOf = (of: Element | null | undefined) => of?.getBoundingClientRect();
  const viewOf = ({ innerWidth, innerHeight, scrollX, scrollY, visualViewport }: Window) => {
    const { scale, offsetLeft, offsetTop } = visualViewport ?? {};
    return { innerWidth, innerHeight, scrollX, scrollY, scale, offsetLeft, offsetTop };
  };
  return JSON.stringify({
    ...{ element: boxOf(one), menu: boxOf(one.closest("[popover]")), frame: boxOf(frameElement) },
    ...{ page: viewOf(window), around: viewOf(parent) },
  });
}
/** Takes an action from a menu. A menu closes when its page changes below it, and is then opened once more, as people do. */
export async function take(menu: What, action: What): Promise<void> {
  await click(menu);
  const isOpen = () => expect.poll(() => isVisible(action), { timeout: 3_000 }).toBe(true);
  await isOpen().catch(() => click(menu));
  await click(action);
}
export const ctrlClick = (what: What) => found(what).click({ modifiers: ["Control"] });
export const hover = (what: What) => found(what).hover();
/** Taps once the prices below the place rest. */
export async function tap(what: What): Promise<void> {
  await pricesRest(what);
  await commands.tapOn(found(what).selector);
}
export const choose = (what: What, label: string) => found(what).selectOptions(label);

/** Sets a tick box or radio button, even under another element. */
export async function check(what: What, on = true): Promise<void> {
  await expect.poll(() => count(what)).toBe(1);
  if (isChecked(what) !== on) await found(what).click({ force: true });
  await expect.poll(() => isChecked(what)).toBe(on);
}
export const uncheck = (what: What) => check(what, false);

// The terminal

export type BookSide = "bid" | "ask";
/** A cell of a ladder. */
export const ladderCell = (inst: number, column: BookSide | "my-bid" | "my-ask", price: number) =>
  id(`ladder-${inst}`).getByTestId(`ladder-${column}-${priceKey(price)}`);
export const ladderPrice = (inst: number, price: number) =>
  id(`ladder-${inst}`).getByTestId(`ladder-price-${priceKey(price)}`);

export async function openLadder(inst: number): Promise<void> {
  await click(`instrument-${inst}`);
  await shown(`ladder-${inst}`);
}

/** Types the size that clicks in an instrument use. */
export async function size(inst: number, qty: number): Promise<void> {
  await fill(id(`size-${inst}`).first(), String(qty));
  await press("Enter");
}
/** Types the size that clicks on the chain use. */
export async function chainSize(qty: number): Promise<void> {
  await fill(id("chain").css('input[data-testid^="size-"]'), String(qty));
  await press("Enter");
}
export async function ticket(
  inst: number,
  side: "buy" | "sell",
  price: string,
  qty: string,
): Promise<void> {
  await click(`instrument-${inst}`);
  await fillTicket(side, price, qty);
  await click("ticket-submit");
}
export async function fillTicket(side: "buy" | "sell", price: string, qty: string): Promise<void> {
  await check(`ticket-side-${side}`);
  await fill("ticket-price", price);
  await fill("ticket-qty", qty);
}
export const positionText = (inst: number): string => text(id(`position-${inst}`).first()).trim();

/** Focuses a ladder by keys, as a user without a mouse does: the cursor begins at the best bid. */
export async function focusLadder(inst: number): Promise<void> {
  await pointNowhere();
  await click(`recentre-${inst}`);
  await press("Tab");
  element(id(`ladder-${inst}`).getByRole("grid")).focus();
}

export const resize = ({ width, height }: { width: number; height: number }) =>
  page.viewport(width, height);

/** Number of rows in which the parts are laid out, by the middle of each. */
export function rowsOf(parts: Locator): number {
  const rows = parts.elements().map((part) => {
    const { top, height } = part.getBoundingClientRect();
    return Math.round((top + height / 2) / 20);
  });
  return new Set(rows).size;
}
