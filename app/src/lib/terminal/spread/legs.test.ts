import { describe, expect, test } from "vitest";
import type { Instrument } from "#protocol";
import { scalar } from "#lib/state/testing/fake-room.ts";
import {
  MAX_LEGS,
  nameOf,
  netOf,
  possibleOf,
  pressed,
  scarcestFirst,
  stepOf,
  withRatio,
  wholeIn,
  type SpreadLeg,
  type PricedLeg,
} from "./legs.ts";

/** Reads a leg from text such as `+2 100C @ 3 x 50`: side, ratio, instrument, price and size. `X` is the underlying. */
function leg(text: string, more: Partial<Instrument> = {}): PricedLeg {
  const [, sign, ratio, name = "", price, size] =
    /^([+-])(?:(\d+) )?(\w+)(?: @ (\S+) x (\d+))?$/.exec(text) ?? [];
  const strike = name === "X" ? null : Number.parseFloat(name);
  const type = name === "X" ? "SCALAR" : name.endsWith("C") ? "CALL" : "PUT";
  return {
    instrument: { ...scalar, symbol: name, strike, type, ...more },
    side: sign === "+" ? "buy" : "sell",
    ratio: Number(ratio ?? 1),
    price: price === undefined || price === "none" ? null : Number(price),
    size: Number(size ?? 0),
  };
}
const legs = (...texts: string[]) => texts.map((text) => leg(text));
const kind = (...texts: string[]) => {
  const { kind: name, long } = nameOf(legs(...texts));
  return long === null ? name : `${long ? "long" : "short"} ${name}`;
};

describe("pressing cells", () => {
  test("adds legs, raises the ratio of what is one, and the other side takes it off", () => {
    let made: readonly SpreadLeg[] = pressed([], 2, "buy");
    made = pressed(made, 3, "sell");
    made = pressed(made, 3, "sell");
    expect(made).toEqual([
      { inst: 2, side: "buy", ratio: 1 },
      { inst: 3, side: "sell", ratio: 2 },
    ]);
    expect(pressed(made, 3, "buy")).toEqual([{ inst: 2, side: "buy", ratio: 1 }]);
    expect(withRatio(made, 3, 1)[1]).toEqual({ inst: 3, side: "sell", ratio: 1 });
    expect(withRatio(made, 2, 0)).toHaveLength(1);
  });

  test("ends where there are as many legs as have room", () => {
    const full = Array.from({ length: MAX_LEGS }, (_, i) => ({
      ...{ inst: i, side: "buy" as const, ratio: 1 },
    }));
    expect(pressed(full, 99, "buy")).toBe(full);
    expect(pressed(full, 0, "buy")[0]?.ratio).toBe(2);
  });
});

describe("the name", () => {
  test("of one leg, of nothing in particular, and of nothing", () => {
    expect(kind("+100C")).toBe("long single");
    expect(kind("-X")).toBe("short single");
    expect(kind()).toBe("custom");
    expect(kind("+100C", "+110C")).toBe("custom");
    expect(kind("+100C", "-2 110C")).toBe("custom");
    expect(kind("+X", "-100C")).toBe("custom");
  });

  test("of two options", () => {
    expect(kind("+100C", "-110C")).toBe("long vertical");
    expect(kind("-110P", "+100P")).toBe("long vertical");
    expect(kind("-100P", "+110P")).toBe("short vertical");
    expect(kind("+100C", "+100P")).toBe("long straddle");
    expect(kind("-110C", "-100P")).toBe("short strangle");
    expect(kind("+100C", "+110P")).toBe("long guts");
    expect(kind("+100C", "-100P")).toBe("long synthetic");
    expect(kind("-110C", "+100P")).toBe("short riskReversal");
  });

  test("is the same for several at once", () => {
    expect(kind("+3 100C", "-3 110C")).toBe("long vertical");
    expect(kind("+2 100C", "-4 110C", "+2 120C")).toBe("long butterfly");
  });

  test("of butterflies, also of uneven strikes", () => {
    expect(kind("+90C", "-2 100C", "+110C")).toBe("long butterfly");
    expect(kind("-90P", "+2 100P", "-110P")).toBe("short butterfly");
    expect(kind("+2 90C", "-3 100C", "+120C")).toBe("long butterfly");
    expect(kind("+90C", "-2 100C", "+120C")).toBe("custom");
    expect(kind("+90C", "-2 100P", "+110C")).toBe("custom");
  });

  test("of boxes, conversions and reversals", () => {
    expect(kind("+90C", "-100C", "+100P", "-90P")).toBe("long box");
    expect(kind("-90C", "+100C", "-100P", "+90P")).toBe("short box");
    expect(kind("+90C", "-100C", "-100P", "+90P")).toBe("custom");
    expect(kind("+90C", "-100C", "+110P", "-90P")).toBe("custom");
    expect(kind("+X", "-100C", "+100P")).toBe("conversion");
    expect(kind("-X", "+100C", "-100P")).toBe("reversal");
    expect(kind("-X", "+110C", "-100P")).toBe("custom");
  });

  test("tells the type and the strikes", () => {
    expect(nameOf(legs("-110P", "+100P"))).toMatchObject({ type: "PUT", strikes: [100, 110] });
    expect(nameOf(legs("+100P", "+100C"))).toMatchObject({ type: null, strikes: [100] });
  });

  test("is none where a point is worth other money in another leg", () => {
    expect(nameOf([leg("+100C"), leg("-110C", { tick_value: 5 })]).kind).toBe("custom");
  });
});

describe("at the prices shown", () => {
  test("one costs or brings so much, in points", () => {
    expect(netOf(legs("+100C @ 5.5 x 9", "-110C @ 2 x 9"))).toEqual({
      value: -3.5,
      unit: "points",
    });
    expect(netOf(legs("-2 100C @ 5.1 x 9", "+110C @ 0.2 x 9"))?.value).toBe(10);
    expect(netOf(legs("+X @ -3 x 1"))?.value).toBe(3);
    expect(netOf(legs("+100C @ 5 x 9", "-110C @ none x 0"))).toBeNull();
    expect(netOf([])).toBeNull();
  });

  test("in money where points are worth different money", () => {
    expect(netOf([leg("+100C @ 5 x 9"), leg("-110C @ 2 x 9", { tick_value: 10 })])).toEqual({
      value: 15,
      unit: "money",
    });
  });

  test("so many can be had, in whole lots", () => {
    expect(possibleOf(legs("+100C @ 5 x 9", "-2 110C @ 2 x 9"))).toBe(4);
    expect(possibleOf(legs("+100C @ 5 x 9", "-110C @ none x 0"))).toBe(0);
    expect(possibleOf([])).toBe(0);
    const lots = [leg("+100C @ 5 x 90", { lot_size: 10 }), leg("-4 110C @ 2 x 90")];
    expect([stepOf(lots), possibleOf(lots)]).toEqual([10, 20]);
    expect(stepOf([leg("+4 100C", { lot_size: 10 }), leg("+3 110C", { lot_size: 2 })])).toBe(10);
    expect(wholeIn(9, 2, 1)).toBe(4);
    expect(wholeIn(39, 1, 10)).toBe(30);
  });

  test("the scarcest goes first, and of equals the one that was pressed first", () => {
    const order = scarcestFirst(legs("+90C @ 1 x 8", "-2 100C @ 1 x 12", "+110C @ 1 x 6"));
    expect(order.map(({ instrument }) => instrument.symbol)).toEqual(["100C", "110C", "90C"]);
  });
});
