/**
 * Plays rounds with bots. A small sample runs with the tests, for what must hold in every game; `GAMES=1000` tries the signs of
 * all averages outside two standard errors.
 */

import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";
import { handsTellNothing, mixesOf, fewQuotes, trials } from "./mixes.ts";
import { play } from "./play.ts";
import { signFaults } from "./signs.ts";
import { Tally } from "./tally.ts";

const games = Number(process.env["GAMES"] ?? 0);

test("bots are tried in every game that has instruments of its own", () => {
  const ids = formats.map(({ id }) => id).filter((id) => id !== "free");
  expect(Object.keys(trials).sort()).toEqual(ids.sort());
});

for (const [format, params] of Object.entries(trials))
  test(`${format}: bots keep all limits, and somebody always makes a market`, () => {
    for (const players of Object.values(mixesOf(format))) {
      const tally = new Tally();
      for (let seed = 1; seed <= Math.max(1, games); seed++)
        tally.add(players, play({ format, params, players, seed }));
      expect([...tally.refusals]).toEqual([]);
      expect(tally.trades).toBeGreaterThan(0);
      if (!fewQuotes.has(format)) expect(tally.twoSided / tally.looks).toBeGreaterThan(0.95);
      // A round of a contest has one trade each: it shows nobody's traits.
      if (games > 100 && format !== "width")
        expect(signFaults(tally, !handsTellNothing.has(format))).toEqual([]);
    }
  });

test("one seed plays one game", () => {
  const game = {
    format: "dice",
    params: trials["dice"] ?? {},
    players: mixesOf("dice")["all"] ?? [],
    seed: 7,
  };
  expect(play(game)).toEqual(play(game));
});
