import { expect, test } from "vitest";
import { instrument, option } from "#lib/trading/testing/instruments.ts";
import { holdingOf } from "./holding.ts";

const jar = instrument(1, { symbol: "JAR", tick_size: 1 });
const held = (qty: number, vwap: number, open = 120, realized = 0) => ({
  ...{ qty, vwap, unrealized_pnl: open, realized_pnl: realized },
});

test("a position in a scalar gains on one side of its average price", () => {
  expect(holdingOf(held(10, 550), jar, undefined)).toEqual({
    ...{ text: "You bought 10 at 550: you gain if it settles above 550.", pnl: 120 },
  });
  expect(holdingOf(held(-1_000, 550.5, -20), jar, undefined)).toMatchObject({
    ...{ text: "You sold 1,000 at 550.5: you gain if it settles below 550.5.", pnl: -20 },
  });
});

test.each([
  ["CALL", 10, 3, "You bought 10 at 3.0: you gain if JAR settles above 103.0."],
  ["CALL", -10, 3, "You sold 10 at 3.0: you gain if JAR settles below 103.0."],
  ["PUT", 10, 2.5, "You bought 10 at 2.5: you gain if JAR settles below 97.5."],
  ["PUT", -10, 2.5, "You sold 10 at 2.5: you gain if JAR settles above 97.5."],
] as const)("a %s, %d at %d, gains beyond its break-even", (type, qty, vwap, text) => {
  expect(holdingOf(held(qty, vwap), option(2, type, 100), jar).text).toBe(text);
});

test("nothing held yet, nothing held any more, and a settlement each have their words", () => {
  expect(holdingOf(undefined, jar, undefined)).toEqual({
    ...{ text: "You have not traded JAR yet.", pnl: null },
  });
  expect(holdingOf(held(0, 0, 0, -30), jar, undefined)).toEqual({
    ...{ text: "You hold no JAR now.", pnl: -30 },
  });
  const settled = { ...jar, settled: true, settlement: 612 };
  expect(holdingOf(held(0, 0, 0, 620), settled, undefined)).toEqual({
    ...{ text: "JAR settled at 612", pnl: 620 },
  });
});

test("after closed trades it tells what is held, and not what was traded", () => {
  expect(holdingOf(held(10, 550, 0, -70), jar, undefined).text).toBe(
    "You hold 10, at 550 on average: the open position gains if it settles above 550.",
  );
});

test.each([
  [3, 3, "You were dealt 3 clubs, and hold all of them."],
  [3, 5, "You were dealt 3 clubs, and hold 5 now."],
  [3, 0, "You were dealt 3 clubs, and hold none now."],
  [0, 0, "You were dealt no clubs."],
  [0, 2, "You were dealt no clubs, and hold 2 now."],
])("of %d cards that were dealt and %d that are held it tells both", (dealt, qty, text) => {
  const clubs = instrument(1, { symbol: "CLUBS", tick_size: 1 });
  expect(holdingOf(qty === 0 ? undefined : held(qty, 2.5), clubs, undefined, dealt).text).toBe(
    text,
  );
});
