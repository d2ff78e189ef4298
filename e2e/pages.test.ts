/** Every screen in both themes, at three widths: axe finds nothing, nothing overflows sideways, no page has a fault. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "./support/accessible.ts";
import { launch, type Person } from "./support/browser.ts";
import { livelyRoom, type LivelyRoom } from "./support/lively-room.ts";
import { sizes, tourAsHost, tourAsSpectator, tourAsTrader, type Theme } from "./support/tour.ts";

const url = process.env["MMG_URL"] ?? "";
let browser: Browser;
let game: LivelyRoom;

beforeAll(async () => {
  [browser, game] = await Promise.all([launch(), livelyRoom(url, 12)]);
  await game.play(20);
  await game.host.ask("news", { text: "The harvest is late: a higher index is expected." });
});
afterAll(async () => {
  game.close();
  await browser.close();
});

describe.each<Theme>(["dark", "light"])("%s", (theme) => {
  // Phones have screens of their own, in both themes. The wide ones share colours.
  const left = theme === "dark" ? "1024" : "1440";
  const wanted = Object.entries(sizes).filter(([width]) => width !== left);
  describe.each(wanted)("%s px wide", (width, size) => {
    async function see(person: Person, name: string): Promise<void> {
      const where = `${name}, ${theme}, ${width}`;
      await expectAccessible(person, where);
      const over = await person.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, where).toBe(0);
      expect(person.faults, where).toEqual([]);
    }

    test.each([
      ["a trader", tourAsTrader],
      ["the host", tourAsHost],
      ["who looks on", tourAsSpectator],
    ])("as %s sees them", async (_who, tour) => {
      await tour({ browser, url, game, theme, size, see });
    });
  });
});
