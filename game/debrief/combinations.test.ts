/** Combinations pay what they promise at every settlement, and all of a kind are found. */

import { expect, test } from "vitest";
import type { RoomInstrument } from "../state.ts";
import { combinationsOf, type Combination } from "./combinations.ts";

const listed = (inst: number, type: string, strike: number | null = null, tickValueMicros = 1e6) =>
  ({ inst, type, strike, tickValueMicros }) as RoomInstrument;
const underlying = listed(1, "SCALAR");
const calls = [40, 50, 65].map((strike, at) => listed(10 + at, "CALL", strike));
const puts = [40, 50, 65].map((strike, at) => listed(20 + at, "PUT", strike));

function payoff({ legs }: Combination, options: readonly RoomInstrument[], settlement: number) {
  let sum = 0;
  for (const { inst, side, qty } of legs) {
    const option = options.find((one) => one.inst === inst);
    const ahead = settlement - (option?.strike ?? 0);
    const worth =
      option === undefined ? settlement : Math.max(0, option.type === "CALL" ? ahead : -ahead);
    sum += (side === "buy" ? worth : -worth) * qty;
  }
  return sum;
}
const counts = (options: readonly RoomInstrument[]) => {
  const found = combinationsOf(underlying, options);
  return Object.fromEntries(
    [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]),
  );
};

test("each pays what it promises at least, and no more at some settlement", () => {
  const options = [...calls, ...puts];
  for (const combination of combinationsOf(underlying, options)) {
    const paid = Array.from({ length: 301 }, (_, at) => payoff(combination, options, at / 2));
    expect(Math.min(...paid), JSON.stringify(combination)).toBe(combination.pays);
  }
});

test("three strikes have all their pairs, both ways, and a butterfly of each type", () => {
  expect(counts([...calls, ...puts].reverse())).toEqual({
    ...{ parity: 6, vertical: 12, box: 6, butterfly: 2 },
  });
  expect(counts(calls)).toEqual({ vertical: 6, butterfly: 1 });
  expect(counts([calls[0]!, puts[1]!])).toEqual({});
});

test("a butterfly of uneven strikes has its legs by their distances", () => {
  const [butterfly] = combinationsOf(underlying, calls);
  const all = combinationsOf(underlying, calls).filter(({ kind }) => kind === "butterfly");
  expect(butterfly?.kind).toBe("vertical");
  // 10 points below and 15 above: three low, five middle, two high.
  expect(all[0]?.legs).toEqual([
    { inst: 10, side: "buy", qty: 3 },
    { inst: 11, side: "sell", qty: 5 },
    { inst: 12, side: "buy", qty: 2 },
  ]);
});

test("options of one strike make no spread, and those of another tick value none at all", () => {
  expect(counts([calls[0]!, listed(13, "CALL", 40)])).toEqual({});
  expect(counts([calls[0]!, listed(13, "CALL", 50, 2e6)])).toEqual({});
});
