import { expect, test } from "vitest";
import { fitting, playersOf, type BotCounts } from "./free-bots.ts";

const none: BotCounts = {
  ...{ maker: 0, sleeper: 0, noise: 0, momentum: 0, informed: 0, parity: 0, bluffer: 0 },
};
const usual = { ...none, maker: 1, sleeper: 1, noise: 3 };

test("a game with fewer seats gets fewer of the bots that there are most of, and one with more gets noise", () => {
  expect(fitting(usual, { min: 2, max: 25 })).toEqual(usual);
  expect(fitting(usual, { min: 3, max: 5 })).toEqual({ ...usual, noise: 2 });
  expect(fitting(none, { min: 3, max: 5 })).toEqual({ ...none, noise: 2 });
  expect(fitting({ ...usual, noise: null }, { min: 2, max: 2 })).toEqual({
    ...{ ...none, noise: null, sleeper: 1 },
  });
  expect(playersOf(usual)).toBe(6);
});
