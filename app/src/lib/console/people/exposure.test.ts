import { expect, test } from "vitest";
import { limits, type Instrument, type Position } from "#protocol";
import { instrument as listed } from "#lib/trading/testing/instruments.ts";
import { exposures, roomExposure } from "./exposure.ts";

const instrument = (id: number, rest: Partial<Instrument> = {}) =>
  listed(id, {
    ...{ tick_size: 1, min_price: -limits.priceTicks, max_price: limits.priceTicks },
    ...rest,
  });
const option = (id: number, type: "CALL" | "PUT", strike: number) =>
  instrument(id, { type, strike, reference_id: 1 });
const held = (user_id: number, inst: number, qty: number, vwap: number, realized_pnl = 0) =>
  ({
    user_id,
    inst,
    symbol: "",
    qty,
    vwap,
    realized_pnl,
    unrealized_pnl: 0,
    mark: vwap,
  }) satisfies Position;

const index = instrument(1);
const call = option(2, "CALL", 100);
const put = option(3, "PUT", 90);

test("a bought call loses its premium, a sold one has no limit above", () => {
  const all = exposures([index, call], [held(10, 2, 5, 4), held(11, 2, -5, 4)]);
  expect(all.get(10)).toMatchObject({ worst: -20, families: [{ endless: [] }] });
  expect(all.get(11)).toMatchObject({
    worst: -Infinity,
    families: [{ endless: [{ end: "above", perPoint: 5, causes: ["options"] }] }],
  });
});

test("a short straddle is unbounded both ways, and a scalar can be the cause", () => {
  const straddle = [held(10, 2, -3, 5), held(10, 3, -2, 5)];
  expect(exposures([index, call, put], straddle).get(10)?.families[0]?.endless).toEqual([
    { end: "above", perPoint: 3, causes: ["options"] },
    { end: "below", perPoint: 2, causes: ["options"] },
  ]);
  expect(exposures([index], [held(10, 1, 7, 100)]).get(10)?.families[0]?.endless).toEqual([
    { end: "below", perPoint: 7, causes: ["scalar"] },
  ]);
  const covered = [held(10, 1, 3, 100), held(10, 2, -3, 5), held(10, 3, 3, 1)];
  expect(exposures([index, call, put], covered).get(10)).toMatchObject({ worst: -18 });
});

test("chosen bounds end a loss, the money a point counts, and underlyings add up", () => {
  const bounded = instrument(1, { min_price: 0, max_price: 200, tick_value: 2 });
  const other = instrument(5, { min_price: -10, max_price: 10 });
  const mine = [held(10, 1, -1, 50, 12), held(10, 5, 4, 1)];
  const exposure = exposures([bounded, other], mine).get(10);
  expect(exposure?.families.map((one) => one.worst)).toEqual([
    { at: 200, money: 12 - 300 },
    { at: -10, money: -44 },
  ]);
  expect(exposure?.worst).toBe(-332);
});

test("the P&L of a settled instrument stays", () => {
  const done = instrument(1, { settled: true, settlement: 80 });
  const exposure = exposures([done], [held(10, 1, 3, 80, -60)]).get(10);
  expect(exposure).toEqual({ worst: -60, families: [] });
});

test("the room's worst is the sum of all losses", () => {
  const bounded = instrument(1, { min_price: 0, max_price: 200 });
  const everybody = [held(10, 1, 2, 100), held(11, 1, -3, 100), held(12, 1, 1, 100)];
  expect(roomExposure([bounded], everybody)).toEqual([
    { underlying: bounded, worst: { at: 0, money: -300 }, endless: [] },
  ]);
  const spread = [held(10, 2, 5, 4), held(11, 2, -5, 4), held(12, 3, 1, 2), held(11, 3, -1, 2)];
  const [room] = roomExposure([index, call, put], spread);
  expect(room?.worst.money).toBe(-Infinity);
  expect(room?.endless).toEqual([
    { end: "above", perPoint: 5, causes: [] },
    { end: "below", perPoint: 1, causes: [] },
  ]);
  expect(roomExposure([index], [held(10, 1, 0, 0, 5), held(11, 1, 0, 0, -5)])).toEqual([]);
});

test("the losers' worst can lie at a strike that is nobody's own worst", () => {
  const strikes = [option(2, "CALL", 90), option(3, "CALL", 100), option(4, "CALL", 110)];
  const all = [instrument(1, { min_price: 80, max_price: 120 }), ...strikes];
  const fly = [held(10, 2, 1, 12), held(10, 3, -2, 6), held(10, 4, 1, 3)];
  const other = fly.map((one) => ({ ...one, user_id: 11, qty: -one.qty }));
  expect(roomExposure(all, [...fly, ...other])[0]?.worst).toEqual({ at: 100, money: -7 });
});

test("the worst P&L counts rounds that are over and a pot, which are in no position", () => {
  const bounded = instrument(1, { min_price: 0, max_price: 100 });
  const mine = [held(10, 1, 2, 40, 5)];
  expect(exposures([bounded], mine, new Map([[10, 5 + 30]])).get(10)?.worst).toBe(-80 + 5 + 30);
  const settled = { ...bounded, settled: true };
  const over = [{ ...held(10, 1, 0, 0, 12), unrealized_pnl: 0 }];
  expect(exposures([settled], over, new Map([[10, -38]])).get(10)?.worst).toBe(-38);
});
