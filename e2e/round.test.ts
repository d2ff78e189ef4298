/**
 * Hosts who have prepared nothing, in real browsers: from the lobby to a running game with three traders, one of them on a
 * phone, in at most four clicks, and with Next alone to the result. What every screen shows in each step.
 */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { launch, type Person } from "./support/browser.ts";
import { openTraders, RoundJourney, type Theme, type Traders } from "./support/round-journey.ts";

const url = process.env["MMG_URL"] ?? "";
const themes: Theme[] = process.env["PICTURES"] === undefined ? ["dark"] : ["dark", "light"];
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const cardsOf = (person: Person) => person.id("hand").locator("li").count();

describe.each(themes)("in a %s theme", (theme) => {
  let people: Traders;
  beforeAll(async () => {
    people = await openTraders(browser, theme);
  });
  afterAll(() => Promise.all(people.map((person) => person.close())));
  const begin = (format: string) => RoundJourney.begin(browser, url, format, theme, people);

  test("card_sum: cards are dealt, turned one by one, and settled", async () => {
    const journey = await begin("card_sum");
    const { host, traders, screen } = journey;
    let turned = 0;
    const steps = await journey.play({
      "The deal": async () => {
        for (const person of traders) await expect.poll(() => cardsOf(person)).toBe(2);
        expect(await screen.id("hand").count()).toBe(0);
      },
      ...Object.fromEntries(
        [1, 2, 3].map((card) => [
          `Card ${card} of 3`,
          async () => {
            turned++;
            for (const person of [host, ...traders])
              await expect
                .poll(() => person.id("table").first().locator("li").count())
                .toBe(turned);
            await expect.poll(() => screen.id("big-table").locator("li").count()).toBe(turned);
          },
        ]),
      ),
    });
    expect(turned).toBe(3);
    expect(steps.at(-1)).toBe("Settlement");
    await expectAccessible(host, "the result in the console");
    await journey.end();
  });

  test("goal_suit: forty cards less one are dealt and held, and the rules are on the screen", async () => {
    const journey = await begin("goal_suit");
    const { ana, cy, traders, screen } = journey;
    const steps = await journey.play({
      "The deal": async () => {
        for (const person of traders) await expect.poll(() => cardsOf(person)).toBe(13);
      },
      Trading: async () => {
        for (const person of traders) {
          const rules = () => person.id("round-rules").innerText();
          await expect.poll(rules).toContain("You cannot sell what you do not hold");
          await expect.poll(rules).toContain("Every trade cancels all quotes");
        }
        const held = async () => {
          const cards = await Promise.all([1, 2, 3, 4].map((inst) => ana.positionText(inst)));
          return cards.reduce((sum, text) => sum + Number(text), 0);
        };
        await expect.poll(held).toBe(13);
        await expectAccessible(cy, "a phone with a hand of thirteen");
      },
    });
    expect(steps).toEqual(["The game", "The deal", "Trading", "Settlement"]);
    await expect.poll(() => screen.id("big-hand").count()).toBe(3);
    await journey.end();
  });

  test("width: the narrowest bid makes the market, and the others are told to trade", async () => {
    const journey = await begin("width");
    const { host, ana, bo, cy, traders, screen } = journey;
    const bid = async (person: Person, width: number) => {
      await person.id("round-number").fill(String(width));
      await person.id("round-answer").getByRole("button").last().click();
    };
    const steps = await journey.play({
      "The contest": async () => {
        for (const person of traders) await person.id("round-answer").waitFor();
        await bid(ana, 9);
        await expect.poll(() => cy.id("duty").innerText()).toContain("The narrowest is 9, by Ana");
        await bid(cy, 4);
        for (const person of [ana, bo])
          await expect.poll(() => person.id("duty").innerText()).toContain("is 4, by Cy");
        await expect.poll(() => host.id("seats").innerText()).toContain("has answered");
        await expect.poll(() => screen.id("round-board").innerText()).toContain("4, by Cy");
        await expectAccessible(cy, "a phone that has bid");
      },
      Trading: async () => {
        await expect
          .poll(() => cy.id("duty").innerText())
          .toContain("quote a bid and an ask 4 apart");
        for (const person of [ana, bo])
          await expect
            .poll(() => person.id("duty").innerText())
            .toContain("you must buy or sell one");
      },
    });
    expect(steps).toEqual(["The game", "The contest", "Trading", "Settlement"]);
    await journey.end();
  });

  test("quiz: a question of the pack is traded, and its answer is shown at the end", async () => {
    const journey = await begin("quiz");
    const { host, traders, screen } = journey;
    let question = "";
    const steps = await journey.play({
      "The game": async () => {
        question = await host.id("step-text").innerText();
        expect(question).toContain("?");
        await expect.poll(() => screen.id("round-board").innerText()).toContain(question);
      },
      Trading: async () => {
        for (const person of traders)
          await expect.poll(() => person.page.locator("body").innerText()).toContain(question);
      },
      Settlement: async () => {
        for (const person of traders)
          await expect.poll(() => person.id("round-result").innerText()).toMatch(/ANSWER\s*[\d,]+/);
      },
    });
    expect(steps.at(0)).toBe("The game");
    expect(steps.at(-1)).toBe("Settlement");
    await expectAccessible(traders[2]!, "a result on the phone");
    await journey.end();
  });
});
