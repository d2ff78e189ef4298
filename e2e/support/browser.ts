/** Debian's Chromium through Playwright: contexts that share nothing, and pages that report what goes wrong on them. */

import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from "playwright-core";
import { chromium } from "../../scripts/tools.mjs";
import { priceKey } from "#lib/trading/grid.ts";

export const desktop = { width: 1440, height: 900 };
export const laptop = { width: 1024, height: 768 };
export const phone = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  return playwright.launch({ executablePath: chromium.executablePath, args: chromium.args });
}

/** A person with a browser of their own. Faults of the page are collected; a test asserts that there are none. */
export class Person {
  readonly page: Page;
  readonly faults: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on("pageerror", (fault) => this.faults.push(fault.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.faults.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    size: { width: number; height: number },
    theme?: "dark" | "light",
  ): Promise<Person> {
    const touch = size.width < 600;
    const context = await browser.newContext({
      viewport: size,
      hasTouch: touch,
      isMobile: touch,
      acceptDownloads: true,
    });
    context.setDefaultTimeout(10_000);
    // Its user has traded before: nobody is led to a first quote.
    await context.addInitScript(() => {
      // An empty page, on the way to another one, has no storage.
      if (location.protocol.startsWith("http")) localStorage.setItem("mmg.first", "done");
    });
    if (theme !== undefined)
      await context.addInitScript((chosen) => localStorage.setItem("mmg.theme", chosen), theme);
    return new Person(context, await context.newPage());
  }

  id(testId: string) {
    return this.page.getByTestId(testId);
  }

  /** Follows the share link and enters a name. */
  async join(link: string, name: string): Promise<void> {
    await this.page.goto(link);
    await this.id("join-name").fill(name);
    await this.id("join-submit").click();
    await this.id("terminal").waitFor();
  }

  /** A host is asked for a name once. */
  async enterAsHost(): Promise<void> {
    const console = this.id("console");
    const form = this.id("join-submit");
    await console.or(form).waitFor();
    if (await form.isVisible()) await form.click();
    await console.waitFor();
  }

  /** Desktop: selects an instrument in the rail, which opens its ladder. */
  async openLadder(inst: number): Promise<void> {
    await this.id(`instrument-${inst}`).click();
    await this.id(`ladder-${inst}`).waitFor();
  }

  /** A cell of the book on a ladder that rests: one that moves by itself refuses presses, and says so by a frame. */
  ladder(inst: number, side: "bid" | "ask", price: number) {
    return this.id(`ladder-${inst}`)
      .locator('[role="grid"]:not(.due, .moved)')
      .getByTestId(`ladder-${side}-${priceKey(price)}`);
  }

  /** Types the size that clicks in an instrument use. */
  async size(inst: number, qty: number): Promise<void> {
    await this.#type(this.id(`size-${inst}`).first(), qty);
  }

  /** Types the size that clicks on the chain use. */
  async chainSize(qty: number): Promise<void> {
    await this.#type(this.id("chain").locator('input[data-testid^="size-"]'), qty);
  }

  /** A price on the chain, once it is the one that another user quotes: a press before that would take nothing. */
  async chain(inst: number, column: "bid" | "ask", price: string): Promise<Locator> {
    const cell = this.id(`chain-${inst}-${column}`);
    await cell.filter({ hasText: price }).waitFor();
    return cell;
  }

  async #type(field: Locator, qty: number): Promise<void> {
    await field.fill(String(qty));
    await field.press("Enter");
  }

  /** Desktop: an order by the ticket. */
  async ticket(inst: number, side: "buy" | "sell", price: string, qty: string): Promise<void> {
    await this.id(`instrument-${inst}`).click();
    await this.id(`ticket-side-${side}`).check({ force: true });
    await this.id("ticket-price").fill(price);
    await this.id("ticket-qty").fill(qty);
    await this.id("ticket-submit").click();
  }

  async positionText(inst: number): Promise<string> {
    return (await this.id(`position-${inst}`).first().innerText()).trim();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
