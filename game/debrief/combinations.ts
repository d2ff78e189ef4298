/** Combinations of an underlying and its options that pay at least a known amount at every settlement. */

import type { FreeMoney } from "#protocol";
import type { RoomInstrument } from "../state.ts";

export interface Leg {
  inst: number;
  side: "buy" | "sell";
  qty: number;
}

export interface Combination {
  kind: FreeMoney["kind"];
  legs: readonly Leg[];
  /** Points that it pays at least, whatever the settlement. */
  pays: number;
}

const buy = (inst: number, qty = 1): Leg => ({ inst, side: "buy", qty });
const sell = (inst: number, qty = 1): Leg => ({ inst, side: "sell", qty });

interface Option {
  inst: number;
  strike: number;
}

/** All combinations on one underlying. Instruments with another tick value than the underlying's are left out. */
export function combinationsOf(
  underlying: RoomInstrument,
  options: readonly RoomInstrument[],
): Combination[] {
  const ofType = (type: "CALL" | "PUT"): Option[] =>
    options
      .filter((one) => one.type === type && one.tickValueMicros === underlying.tickValueMicros)
      .map(({ inst, strike }) => ({ inst, strike: strike ?? 0 }))
      .toSorted((a, b) => a.strike - b.strike);
  const [calls, puts] = [ofType("CALL"), ofType("PUT")];
  return [
    ...parities(underlying.inst, calls, puts),
    ...verticals(calls, puts),
    ...boxes(calls, puts),
    ...[calls, puts].flatMap(butterflies),
  ];
}

function putAt(puts: readonly Option[], strike: number): Option | undefined {
  return puts.find((put) => put.strike === strike);
}

/** C - P = U - K, both ways. */
function parities(underlying: number, calls: Option[], puts: Option[]): Combination[] {
  return calls.flatMap(({ inst: call, strike }) => {
    const put = putAt(puts, strike);
    if (put === undefined) return [];
    const kind = "parity";
    return [
      { kind, legs: [buy(underlying), sell(call), buy(put.inst)], pays: strike },
      { kind, legs: [sell(underlying), buy(call), sell(put.inst)], pays: -strike },
    ];
  });
}

/** 0 <= C(K1) - C(K2) <= K2 - K1, and puts the other way round. */
function verticals(calls: Option[], puts: Option[]): Combination[] {
  const kind = "vertical";
  const ways = (dearer: Option, cheaper: Option, apart: number): Combination[] => [
    { kind, legs: [buy(dearer.inst), sell(cheaper.inst)], pays: 0 },
    { kind, legs: [sell(dearer.inst), buy(cheaper.inst)], pays: -apart },
  ];
  return [
    ...pairs(calls).flatMap(([low, high]) => ways(low, high, high.strike - low.strike)),
    ...pairs(puts).flatMap(([low, high]) => ways(high, low, high.strike - low.strike)),
  ];
}

/** C(K1) - C(K2) + P(K2) - P(K1) = K2 - K1, both ways. */
function boxes(calls: Option[], puts: Option[]): Combination[] {
  return pairs(calls).flatMap(([low, high]) => {
    const [lowPut, highPut] = [putAt(puts, low.strike), putAt(puts, high.strike)];
    if (lowPut === undefined || highPut === undefined) return [];
    const kind = "box";
    const apart = high.strike - low.strike;
    return [
      {
        kind,
        legs: [buy(low.inst), sell(high.inst), buy(highPut.inst), sell(lowPut.inst)],
        pays: apart,
      },
      {
        kind,
        legs: [sell(low.inst), buy(high.inst), sell(highPut.inst), buy(lowPut.inst)],
        pays: -apart,
      },
    ];
  });
}

/** The middle strike is worth no more than those around it, by their distances. */
function butterflies(options: Option[]): Combination[] {
  const found: Combination[] = [];
  for (const [low, high] of pairs(options))
    for (const body of options) {
      if (body.strike <= low.strike || body.strike >= high.strike) continue;
      const [below, above] = wholeRatio(body.strike - low.strike, high.strike - body.strike);
      const legs = [buy(low.inst, above), sell(body.inst, above + below), buy(high.inst, below)];
      found.push({ kind: "butterfly", legs, pays: 0 });
    }
  return found;
}

function pairs(options: Option[]): [Option, Option][] {
  return options.flatMap((low, at) =>
    options
      .slice(at + 1)
      .filter(({ strike }) => strike > low.strike)
      .map((high): [Option, Option] => [low, high]),
  );
}

/** Two distances as the smallest whole numbers. */
function wholeRatio(a: number, b: number): [number, number] {
  const [one, other] = [Math.round(a * 1e6), Math.round(b * 1e6)];
  let [x, y] = [one, other];
  while (y > 0) [x, y] = [y, x % y];
  return [one / x, other / x];
}
