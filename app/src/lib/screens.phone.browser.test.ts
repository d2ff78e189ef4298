/** Every screen on a phone, in both themes: axe finds nothing, nothing overflows sideways, no page has a fault. */

import { beforeAll, expect, test } from "vitest";
import { expectAccessible, expectReadable } from "#lib/testing/accessible.ts";
import { sidewaysOverflow } from "#lib/testing/driver.ts";
import { livelyRoom, type LivelyRoom } from "#lib/testing/lively-room.ts";
import { phone, setTheme } from "#lib/testing/stage.ts";
import {
  tourBefore,
  tourConsole,
  tourPhone,
  tourProjector,
  tourTimeoutMs,
} from "#lib/testing/tour.ts";

let game: LivelyRoom;
beforeAll(() => {
  game = livelyRoom();
});

/** Themes are colours: the same page is looked at in both. */
async function see(name: string): Promise<void> {
  await expectAccessible(`${name}, dark`);
  expect(sidewaysOverflow(), name).toBe(0);
  setTheme("light");
  await expectReadable(`${name}, light`);
  setTheme("dark");
}

test.each([
  ["a visitor", tourBefore],
  ["a trader", tourPhone],
  ["the host", tourConsole],
  ["the class", tourProjector],
])(
  "as %s sees them",
  (_who, tour) => tour({ game, look: { theme: "dark", size: phone }, see }),
  tourTimeoutMs,
);
