import { expect, test } from "vitest";
import { formats } from "#game/formats/all.ts";
import { forecastOf, type Forecast } from "./forecast.ts";

test("the sum of the cards with nine traders: 21 cards, mean 147", () => {
  expect(forecastOf({ id: "card_sum", params: {} }, 9)).toMatchObject({
    ...{ cards: { kind: "card", count: 21 }, seats: 9, refusal: null },
    values: [{ symbol: "SUM", mean: expect.closeTo(147, 6) as number }],
    explanation: expect.stringContaining("2 cards") as string,
  });
});

test("parameters that a game does not take are said in words, and a crowd that it does not hold", () => {
  expect(forecastOf({ id: "card_sum", params: { table: 99 } }, 3)).toContain("`table`");
  expect(forecastOf({ id: "suits", params: { cards_each: 10 } }, 20)).toMatchObject({
    refusal: expect.stringContaining("too few cards") as string,
  });
});

test("every game has a forecast with its defaults, for its fewest and for its most players", () => {
  for (const { id, seats } of formats)
    for (const traders of [seats.min, Math.min(seats.max, 12)])
      expect((forecastOf({ id, params: {} }, traders) as Forecast).explanation).not.toBe("");
});
