import { expect, test } from "vitest";
import type { Instrument, Position } from "#protocol";
import { limits } from "#protocol";
import { brokenBound, previewSettlement } from "./preview.ts";

const instrument = (id: number, rest: Partial<Instrument>): Instrument =>
  ({
    id,
    type: "SCALAR",
    reference_id: null,
    strike: null,
    tick_value: 1,
    settled: false,
    ...rest,
  }) as Instrument;
const position = (user_id: number, inst: number, qty: number, vwap: number): Position => ({
  ...{ user_id, inst, symbol: "", qty, vwap, mark: vwap },
  ...{ realized_pnl: 0, unrealized_pnl: 0 },
});
const row = (list: { userId: number }[], userId: number) =>
  list.find((one) => one.userId === userId);

test("a value beyond a bound that the host gave is told with the bound; the widest bounds are none", () => {
  const bounded = { min_price: 0, max_price: 200, tick_size: 1 };
  expect(brokenBound(bounded, -1)).toEqual({ end: "below", bound: 0 });
  expect(brokenBound(bounded, 201)).toEqual({ end: "above", bound: 200 });
  expect([0, 100, 200].map((value) => brokenBound(bounded, value))).toEqual([null, null, null]);
  const widest = limits.priceTicks;
  const free = { min_price: -widest, max_price: widest, tick_size: 1 };
  expect([-2 * widest, 2 * widest].map((value) => brokenBound(free, value))).toEqual([null, null]);
});

test("a scalar settles with its options on both sides of the money, and the payouts sum to zero", () => {
  const instruments = [
    instrument(1, {}),
    instrument(2, { type: "CALL", reference_id: 1, strike: 100 }),
    instrument(3, { type: "PUT", reference_id: 1, strike: 100, tick_value: 2 }),
    instrument(4, { type: "CALL", reference_id: 9, strike: 1 }),
  ];
  const everybody = [
    position(10, 1, 10, 100),
    position(11, 1, -10, 100),
    position(10, 2, 10, 5),
    position(11, 2, -10, 5),
    position(12, 3, 4, 3),
    position(11, 3, -4, 3),
    { ...position(12, 4, 1, 0), realized_pnl: 7 },
  ];
  const preview = previewSettlement(instruments, everybody, 1, 120);
  expect(preview.contracts.map((one) => one.payoff)).toEqual([120, 20, 0]);
  expect(row(preview.rows, 10)).toEqual({ userId: 10, payout: 1400, pnlAfter: 350 });
  expect(row(preview.rows, 11)).toEqual({ userId: 11, payout: -1400, pnlAfter: -326 });
  expect(row(preview.rows, 12)).toEqual({ userId: 12, payout: 0, pnlAfter: -17 });
  expect(preview.payoutTotal).toBe(0);
});

test("an option alone pays off against its underlying's value", () => {
  const put = instrument(3, { type: "PUT", reference_id: 1, strike: 100 });
  const preview = previewSettlement([put], [position(1, 3, 2, 4), position(2, 3, -2, 4)], 3, 90.5);
  expect(preview.rows.map((one) => one.pnlAfter)).toEqual([11, -11]);
});
