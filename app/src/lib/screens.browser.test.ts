/** Every wide screen, in each theme at one of the sizes: axe finds nothing, nothing overflows sideways, no page has a fault. */

import { beforeAll, describe, expect, test } from "vitest";
import { expectAccessible } from "#lib/testing/accessible.ts";
import { sidewaysOverflow } from "#lib/testing/driver.ts";
import { livelyRoom, type LivelyRoom } from "#lib/testing/lively-room.ts";
import { desktop, laptop } from "#lib/testing/stage.ts";
import {
  tourBefore,
  tourConsole,
  tourProjector,
  tourTerminal,
  tourTimeoutMs,
  type Tour,
} from "#lib/testing/tour.ts";

let game: LivelyRoom;
beforeAll(() => {
  game = livelyRoom();
});

const looks: Tour["look"][] = [
  { theme: "light", size: desktop },
  { theme: "dark", size: laptop },
];

describe.each(looks)("$theme, $size.width px wide", (look) => {
  async function see(name: string): Promise<void> {
    await expectAccessible(name);
    expect(sidewaysOverflow(), name).toBe(0);
  }

  test.each([
    ["a visitor", tourBefore],
    ["a trader", tourTerminal],
    ["the host", tourConsole],
    ["the class", tourProjector],
  ])("as %s sees them", (_who, tour) => tour({ game, look, see }), tourTimeoutMs);
});
