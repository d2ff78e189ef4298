import { expect, test } from "vitest";
import type { Instrument, Position } from "#protocol";
import { limits } from "#protocol";
import { brokenBound, isFarFrom, previewSettlement } from "./preview.ts";

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

const none = new Map<number, number>();

test("a value beyond a bound that the host gave is told with the bound; the widest bounds are none", () => {
  const bounded = { min_price: 0, max_price: 200, tick_size: 1 };
  expect(brokenBound(bounded, -1)).toEqual({ end: "below", bound: 0 });
  expect(brokenBound(bounded, 201)).toEqual({ end: "above", bound: 200 });
  expect([0, 100, 200].map((value) => brokenBound(bounded, value))).toEqual([null, null, null]);
  const widest = limits.priceTicks;
  const free = { min_price: -widest, max_price: widest, tick_size: 1 };
  expect([-2 * widest, 2 * widest].map((value) => brokenBound(free, value))).toEqual([null, null]);
});

test("a scalar settles with its options on both sides of the money, and the P&L in it sums to zero", () => {
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
  const preview = previewSettlement(instruments, everybody, none, 1, 120);
  expect(preview.contracts.map((one) => one.payoff)).toEqual([120, 20, 0]);
  expect(row(preview.rows, 10)).toEqual({ userId: 10, pnl: 350, total: 350 });
  expect(row(preview.rows, 11)).toEqual({ userId: 11, pnl: -326, total: -326 });
  // Gains in another instrument are in the total only.
  expect(row(preview.rows, 12)).toEqual({ userId: 12, pnl: -24, total: -17 });
  expect(preview.sum).toBe(0);
});

test("the total counts what is in no position: rounds that are over, antes and pots", () => {
  const everybody = [
    { ...position(1, 1, 10, 550), mark: 560, unrealized_pnl: 100 },
    { ...position(2, 1, -10, 550), mark: 560, unrealized_pnl: -100 },
  ];
  const totals = new Map([
    [1, 100 - 111],
    [2, -100 + 111],
  ]);
  const { rows } = previewSettlement([instrument(1, {})], everybody, totals, 1, 612);
  expect(rows.map(({ userId, pnl, total }) => [userId, pnl, total])).toEqual([
    [1, 620, 620 - 111],
    [2, -620, -620 + 111],
  ]);
});

test("an option alone pays off against its underlying's value", () => {
  const put = instrument(3, { type: "PUT", reference_id: 1, strike: 100 });
  const preview = previewSettlement(
    [put],
    [position(1, 3, 2, 4), position(2, 3, -2, 4)],
    none,
    3,
    90.5,
  );
  expect(preview.rows.map((one) => one.pnl)).toEqual([11, -11]);
});

test("who has closed the position counts, and a mark since the purchase makes no difference", () => {
  const buyer = { ...position(1, 1, 10, 550), mark: 479, unrealized_pnl: -710 };
  const seller = { ...position(2, 1, -10, 550), mark: 479, unrealized_pnl: 710 };
  const gone = { ...position(3, 1, 0, 0), mark: null, realized_pnl: 40 };
  const other = { ...position(4, 1, 0, 0), mark: null, realized_pnl: -40 };
  const { rows, sum } = previewSettlement(
    [instrument(1, {})],
    [buyer, seller, gone, other],
    none,
    1,
    612,
  );
  expect(rows.map(({ userId, pnl, total }) => [userId, pnl, total])).toEqual([
    [1, 620, 620],
    [3, 40, 40],
    [4, -40, -40],
    [2, -620, -620],
  ]);
  expect(sum).toBe(0);
});

test("a value with a digit too many or too few is far from the last trade; zero and the other sign are not", () => {
  const far = (last: number | null, ...values: number[]) =>
    values.map((value) => isFarFrom(last, value));
  expect(far(325, 3_300, 33, 65, 1_625, 330, 66, 1_620)).toEqual([
    ...[true, true, true, true, false, false, false],
  ]);
  expect(far(325, 0, -325)).toEqual([false, false]);
  expect(far(-5, -50, -6)).toEqual([true, false]);
  expect([...far(null, 3_300), ...far(0, 5)]).toEqual([false, false]);
});
