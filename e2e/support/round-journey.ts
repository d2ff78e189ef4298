/**
 * A round in real browsers, from the lobby to its result: a host who has prepared nothing leads it with Next alone; two
 * traders at desks, one on a phone, and the projector. `PICTURES` names a folder for a picture of every screen in every
 * step.
 */

import type { Browser } from "playwright-core";
import { expect } from "vitest";
import { expectAccessible } from "./accessible.ts";
import { desktop, laptop, Person, phone } from "./browser.ts";

const pictures = process.env["PICTURES"];
const bigScreen = { width: 1280, height: 720 };
/** A teacher's laptop, in pictures. */
const consoleSize = { width: 1366, height: 768 };
/** Clicks from the lobby to the running game. */
const clicksMost = 4;

export type Theme = "dark" | "light";

export type Traders = readonly [ana: Person, bo: Person, cy: Person];

/** Opens the traders' browsers, the last one on a phone: they go from round to round. */
export async function openTraders(browser: Browser, theme: Theme): Promise<Traders> {
  const sizes = [desktop, laptop, phone];
  const people = await Promise.all(sizes.map((size) => Person.open(browser, size, theme)));
  return people as [Person, Person, Person];
}

/** The people of a round, in the step that its title names. */
export class RoundJourney {
  readonly format: string;
  readonly host: Person;
  readonly ana: Person;
  readonly bo: Person;
  /** On a phone. */
  readonly cy: Person;
  readonly screen: Person;
  step = "";
  readonly #theme: Theme;
  /** Kinds of screens that the projector has shown. */
  readonly #seen = new Set<string>();
  #shots = 0;

  private constructor(
    format: string,
    theme: Theme,
    host: Person,
    traders: Traders,
    screen: Person,
  ) {
    this.format = format;
    this.#theme = theme;
    this.host = host;
    [this.ana, this.bo, this.cy] = traders;
    this.screen = screen;
  }

  /** Chooses the game in the lobby as a host who was never here, lets everybody in, and starts it. */
  static async begin(
    browser: Browser,
    url: string,
    format: string,
    theme: Theme,
    traders: Traders,
  ): Promise<RoundJourney> {
    const [host, screen] = await Promise.all([
      Person.open(browser, laptop, theme),
      Person.open(browser, bigScreen, theme),
    ]);
    // A moving number has no contrast of its own.
    await screen.page.emulateMedia({ reducedMotion: "reduce" });
    const journey = new RoundJourney(format, theme, host, traders, screen);
    await journey.#start(url);
    return journey;
  }

  get traders(): Person[] {
    return [this.ana, this.bo, this.cy];
  }

  get all(): Person[] {
    return [this.host, ...this.traders, this.screen];
  }

  async #start(url: string): Promise<void> {
    const { host } = this;
    let clicks = 0;
    const press = async (testId: string) => {
      clicks++;
      await host.id(testId).click({ force: testId.startsWith("game-") });
    };
    await host.page.goto(url);
    await press(`game-${this.format}`);
    await press("create-room");
    await press("join-submit");
    const link = (await host.id("share-link").getAttribute("href")) ?? "";
    for (const [at, person] of this.traders.entries())
      await person.join(link, ["Ana", "Bo", "Cy"][at]!);
    await this.screen.page.goto(`${link}/screen`);
    await expect.poll(() => host.id("players").innerText()).toContain("3 traders");
    await this.#shoot("before");
    await press("game-start");
    await host.id("round-next").waitFor();
    expect(clicks).toBeLessThanOrEqual(clicksMost);
    for (const person of this.traders) await person.id("round").waitFor();
    await this.screen.id("round").waitFor();
  }

  /**
   * Leads the round to its result. In each step every screen has its name, and the traders its text.
   * @param looks at the screens in the steps of these titles
   */
  async play(looks: Record<string, () => Promise<void>>): Promise<string[]> {
    const steps: string[] = [];
    for (;;) {
      this.step = await this.host.id("step").innerText();
      steps.push(this.step);
      const isOver = (await this.host.id("round-result").count()) > 0;
      for (const person of [...this.traders, this.screen])
        await expect.poll(() => person.id("step").innerText()).toBe(this.step);
      if (!isOver) {
        const text = await this.host.id("step-text").innerText();
        for (const person of this.traders)
          expect(await person.id("step-text").first().innerText()).toBe(text);
      }
      await looks[this.step]?.();
      await this.#look();
      await this.#shoot(this.step);
      if (isOver) return steps;
      const says = await this.host.id("round-says").innerText();
      await this.host.id("round-next").click();
      await expect.poll(() => this.host.id("round-says").innerText()).not.toBe(says);
    }
  }

  /** Checks that no page overflows sideways, that nothing on the projector is cut, and each of its screens with axe. */
  async #look(): Promise<void> {
    const { screen } = this;
    const boards = ["round-final", "round-board", "market"];
    const counts = await Promise.all(boards.map((board) => screen.id(board).count()));
    const board = boards.find((_, at) => counts[at] !== 0) ?? "";
    for (const { page } of this.all)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        `sideways in ${this.step}`,
      ).toBeLessThanOrEqual(0);
    const cut = await screen.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".board")]
        .filter(
          (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1,
        )
        .map((one) => one.dataset["testid"] ?? one.innerText),
    );
    expect(cut, `cut on the projector in ${this.step}`).toEqual([]);
    if (this.#seen.has(board)) return;
    this.#seen.add(board);
    await expectAccessible(screen, `the projector in ${this.step}`);
  }

  async #shoot(step: string): Promise<void> {
    if (pictures === undefined) return;
    // Everything that a step brings has stopped moving.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const at = String(this.#shots++).padStart(2, "0");
    const pathOf = (name: string) =>
      `${pictures}/${this.format}-${this.#theme}-${at}-${step.replaceAll(" ", "_")}-${name}.png`;
    const names = ["console", "desktop", "laptop", "phone", "projector"];
    for (const [place, person] of this.all.entries())
      await person.page.screenshot({
        path: pathOf(names[place] ?? ""),
      });
    for (const size of [consoleSize, desktop]) {
      await this.host.page.setViewportSize(size);
      await this.host.page.screenshot({ path: pathOf(`console-${size.width}`) });
    }
    await this.host.page.setViewportSize(laptop);
  }

  /** Expects the result on every screen, and pages without a fault. */
  async end(): Promise<void> {
    for (const person of [this.host, ...this.traders]) await person.id("round-result").waitFor();
    await this.screen.id("round-final").waitFor();
    expect(this.all.flatMap(({ faults }) => faults)).toEqual([]);
    await Promise.all([this.host, this.screen].map((person) => person.close()));
  }
}
