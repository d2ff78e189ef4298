/** Values as bots guess them where the round has no cards. */

import { describe, expect, test } from "vitest";
import { draws, even, market, trades, view } from "./testing/view.ts";
import { Opinions, optionValue } from "./value.ts";

/** The value that a bot gives to the first of the markets. */
function valued(markets: ReturnType<typeof market>[], more = {}, knows?: "own", chance = even) {
  const opinions = new Opinions();
  const seen = view(markets, more);
  opinions.listen(seen);
  return opinions.valueOf(seen, markets[0]!, chance, knows);
}
const sd = 100 / 6;

describe("a scalar", () => {
  test("is guessed at from its bounds or its opening price, each bot by itself, within the bounds", () => {
    expect(valued([market()])).toEqual({ mean: 50, sd });
    expect(valued([market({ instrument: { opening_price: 30 } })])).toEqual({ mean: 30, sd });
    // Twelve draws of 0.75 are 9, and 3 above their middle.
    const high = draws(...Array.from({ length: 12 }, () => 0.75));
    expect(valued([market()], {}, undefined, high).mean).toBeCloseTo(50 + 0.25 * sd * 3, 3);
    const top = market({ instrument: { opening_price: 99 } });
    const higher = draws(...Array.from({ length: 12 }, () => 0.75));
    expect(valued([top], {}, undefined, higher).mean).toBe(100);
  });

  test("is worth what was counted, to all or to the own hand", () => {
    const counted = market({ table: { mean: 40, sd: 3 }, own: { mean: 44, sd: 2 } });
    expect(valued([counted])).toEqual({ mean: 40, sd: 3 });
    expect(valued([counted], {}, "own")).toEqual({ mean: 44, sd: 2 });
  });

  test("follows trades, each by its weight, and none twice", () => {
    // 80, then 0.15 of the way to 60.
    const heard = (0.85 * (80 + 0.15 * (60 - 80)) + 0.15 * 50).toFixed(9);
    expect(valued([market()], { trades: trades(80, 60) }).mean.toFixed(9)).toBe(heard);
    const opinions = new Opinions();
    const seen = view([market()], { trades: trades(80, 60) });
    for (let looks = 0; looks < 3; looks++) opinions.listen(seen);
    expect(opinions.valueOf(seen, market(), even).mean.toFixed(9)).toBe(heard);
  });

  test("of a number that all give a part of is surer, and the own part is known", () => {
    const four = { seats: 4, answer: 20 };
    expect(valued([market()], four)).toEqual({ mean: 50, sd: sd / 2 });
    expect(valued([market()], four, "own")).toEqual({ mean: 50 * 0.75 + 20, sd: sd / 2 });
    const average = market({ instrument: { symbol: "AVERAGE" } });
    expect(valued([average], four, "own").mean).toBe(50 * 0.75 + 5);
    expect(valued([market()], { seats: 4, answer: null }, "own").mean).toBe(50);
  });

  test("without bounds worth the name goes by the opening price, the market, the last price or 100", () => {
    const wide = (more: Parameters<typeof market>[0] = {}) =>
      market({ ...more, instrument: { min_price: -1e9, max_price: 1e9, ...more.instrument } });
    const mean = (of: ReturnType<typeof market>) => valued([of]).mean;
    expect(mean(wide())).toBe(100);
    expect(mean(wide({ last: 300 }))).toBe(300);
    expect(mean(wide({ last: 300, bids: [[198, 1]], asks: [[202, 1]] }))).toBe(200);
    expect(mean(wide({ last: 300, instrument: { opening_price: 250 } }))).toBe(250);
    expect(valued([wide({ last: 300 })]).sd).toBeCloseTo(15, 9);
    expect(valued([wide({ last: 40 })]).sd).toBe(5);
    const nearest = market({ instrument: { min_price: 0, max_price: 1e8 } });
    expect(valued([nearest])).toEqual({ mean: 5e7, sd: 1e8 / 6 });
    const least = market({ instrument: { min_price: 200, max_price: 1e9 } });
    expect(mean(least)).toBe(200);
  });
});

describe("an option", () => {
  const call = { inst: 2, type: "CALL", reference_id: 1, strike: 50 } as const;

  test("goes with the market of its underlying, else with its value", () => {
    const priced = (underlying: ReturnType<typeof market>) =>
      valued([market({ instrument: call }), underlying]).mean;
    const table = { mean: 50, sd: 10 };
    expect(priced(market({ table }))).toBeCloseTo(optionValue("CALL", 50, table).mean, 9);
    const book = { bids: [[58, 1]], asks: [[62, 1]] } as const;
    expect(priced(market({ table, ...book }))).toBeCloseTo(
      optionValue("CALL", 50, { mean: 60, sd: 10 }).mean,
      9,
    );
    expect(valued([market({ instrument: call })])).toEqual({ mean: 50, sd });
  });

  test.each([
    ["CALL", 50],
    ["CALL", 65],
    ["PUT", 50],
    ["PUT", 38],
  ] as const)("a %s of %d has the mean and deviation of its payoff", (type, strike) => {
    const [mean, deviation] = [52, 9];
    let [sum, squares] = [0, 0];
    const step = 0.001;
    for (let z = -8; z < 8; z += step) {
      const weight = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * step;
      const at = mean + deviation * z;
      const pays = Math.max(0, type === "CALL" ? at - strike : strike - at);
      sum += weight * pays;
      squares += weight * pays * pays;
    }
    const value = optionValue(type, strike, { mean, sd: deviation });
    expect(value.mean).toBeCloseTo(sum, 4);
    expect(value.sd).toBeCloseTo(Math.sqrt(squares - sum * sum), 3);
  });

  test("of a certain number is what it pays", () => {
    expect(optionValue("CALL", 50, { mean: 53, sd: 0 })).toEqual({ mean: 3, sd: 0 });
    expect(optionValue("PUT", 50, { mean: 53, sd: 0 })).toEqual({ mean: 0, sd: 0 });
  });
});
