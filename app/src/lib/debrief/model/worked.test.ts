import { expect, test } from "vitest";
import type { Debrief } from "#protocol";
import { workedWith } from "./worked.ts";

const trade = {
  ...{ trade_id: 5, ts: 2_000, inst: 1, price: 22, qty: 10, buyer_id: 1, seller_id: 2 },
  ...{ aggressor: "buy", bid: 20, ask: 22, m0: 21, m5: 20.5 },
};
const debrief = {
  traders: [
    { user_id: 1, best: 5, worst: 5 },
    { user_id: 2, best: 5, worst: 5 },
  ],
  noted_trades: [trade],
  instruments: [
    {
      ...{ inst: 1, round: 1, counts: true, tick_value: 2, settlement: 13 },
      fair_path: [
        [1_000, 21],
        [1_500, 19],
        [9_000, 14],
      ],
    },
  ],
  rounds: [
    {
      round: 1,
      result: { fair: [16, 15, 13].map((mean) => ({ all: [{ inst: 1, mean }] })) },
    },
  ],
} as unknown as Debrief;

test("each formula of a fill is worked with an own trade", () => {
  const of = (figure: string, userId = 1) => {
    const worked = workedWith(debrief, figure, userId);
    return worked === null ? null : [worked.from, worked.to, worked.result];
  };
  expect(of("spread")).toEqual([22, 21, -20]);
  expect(of("spread", 2)).toEqual([22, 21, 20]);
  expect(of("selection")).toEqual([21, 20.5, -10]);
  expect(of("drift")).toEqual([20.5, 13, -150]);
  expect(of("worst")).toEqual([22, 13, -180]);
  expect(of("edge")).toEqual([22, 19, -60]);
  expect(of("information")).toEqual([19, 15, -80]);
  expect(of("luck")).toBeNull();
  expect(of("spread", 3)).toBeNull();
});
