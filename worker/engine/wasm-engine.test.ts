import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import {
  EventKind,
  InstrumentKind,
  OrderStatus,
  Reject,
  Side,
  Tif,
  emptyEvent,
  emptyPosition,
  type EngineEvent,
  type EngineInstrument,
  type EngineLimits,
  type EnginePosition,
} from "#game/engine-port.ts";
import { lastTicks } from "./testing/abi-calls.ts";
import { Random } from "./testing/command-stream.ts";
import { readEvents } from "./testing/events.ts";
import { WasmEngine } from "./wasm-engine.ts";

const wasmPath = new URL("../../engine-wasm/dist/engine.wasm", import.meta.url);
const module = new WebAssembly.Module(readFileSync(wasmPath));

const [alice, bob, carol] = [1, 2, 3] as const;
const wide: EngineLimits = { maxPosition: 10_000, maxOrderQty: 10_000, maxOpenOrders: 500 };
const scalar: EngineInstrument = {
  inst: 1,
  kind: InstrumentKind.scalar,
  underlying: 0,
  strikeUnits: 0,
  tickUnits: 1,
  decimals: 0,
  lotSize: 1,
  minTicks: -1_000_000_000,
  maxTicks: 1_000_000_000,
  halted: false,
};
const callAt100: EngineInstrument = {
  ...scalar,
  inst: 2,
  kind: InstrumentKind.call,
  underlying: 1,
  strikeUnits: 100,
  minTicks: 0,
};

let engine: WasmEngine;

function events(): EngineEvent[] {
  return readEvents(engine);
}

function position(userId: number, inst: number): EnginePosition {
  return engine.position(userId, inst, emptyPosition());
}

function book(inst: number, side: Side): number[][] {
  const into = new Int32Array(20);
  const levels = engine.depth(inst, side, 10, into);
  return Array.from({ length: levels }, (_, i) => [...into.subarray(i * 2, i * 2 + 2)]);
}

function limit(userId: number, side: Side, qty: number, price: number, inst = 1): number {
  expect(engine.limitOrder(userId, inst, side, price, qty, Tif.gfd, false)).toBe(Reject.ok);
  return engine.outcome.orderId;
}

beforeEach(() => {
  engine = WasmEngine.create(module);
  for (const userId of [alice, bob, carol]) {
    expect(engine.setLimits(userId, wide)).toBe(Reject.ok);
  }
  expect(engine.addInstrument(scalar)).toBe(Reject.ok);
});

describe("the module", () => {
  it("imports nothing and is under 60 KB", () => {
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    expect(readFileSync(wasmPath).length).toBeLessThan(60_000);
  });
});

describe("scripted games", () => {
  it("pays the difference between trade and settlement of a scalar", () => {
    limit(bob, Side.sell, 10, 100);
    limit(alice, Side.buy, 10, 100);
    expect(engine.settle(1, 105, 0)).toBe(Reject.ok);
    expect(position(alice, 1).cashUnits).toBe(50);
    expect(position(bob, 1).cashUnits).toBe(-50);
    expect(engine.settlementUnits(1)).toBe(105);
    expect(events()).toEqual([
      { ...emptyEvent(), kind: EventKind.settled, inst: 1, units: 105 },
      { ...emptyEvent(), kind: EventKind.payout, inst: 1, userId: alice, qty: 10, units: 1050 },
      { ...emptyEvent(), kind: EventKind.payout, inst: 1, userId: bob, qty: -10, units: -1050 },
    ]);
  });

  it("pays a call its intrinsic value when the underlying settles", () => {
    expect(engine.addInstrument(callAt100)).toBe(Reject.ok);
    limit(bob, Side.sell, 10, 5, 2);
    limit(alice, Side.buy, 10, 5, 2);
    expect(engine.settle(1, 120, 0)).toBe(Reject.ok);
    expect(engine.settlementUnits(2)).toBe(20);
    expect(position(alice, 2).cashUnits).toBe(150);
    expect(position(bob, 2).cashUnits).toBe(-150);
  });

  it("sweeps the bids down to the limit and leaves the rest on offer", () => {
    limit(alice, Side.buy, 10, 100);
    limit(alice, Side.buy, 20, 99);
    limit(alice, Side.buy, 30, 98);
    limit(bob, Side.sell, 40, 99);
    expect(events().map(({ kind, qty, price }) => [kind, qty, price])).toEqual([
      [EventKind.trade, 10, 100],
      [EventKind.trade, 20, 99],
    ]);
    expect(engine.outcome).toMatchObject({ filled: 30, leaves: 10, status: OrderStatus.partial });
    expect(book(1, Side.buy)).toEqual([[98, 30]]);
    expect(book(1, Side.sell)).toEqual([[99, 10]]);
    expect(lastTicks(engine, 1)).toBe(99);
  });
});

describe("the boundary", () => {
  it("carries both parties of a trade", () => {
    const maker = limit(bob, Side.sell, 10, -7);
    const taker = limit(alice, Side.buy, 4, -5);
    expect(events()).toEqual([
      {
        ...emptyEvent(),
        kind: EventKind.trade,
        inst: 1,
        side: Side.buy,
        status: OrderStatus.partial,
        price: -7,
        qty: 4,
        userId: bob,
        orderId: maker,
        filled: 4,
        leaves: 6,
        contraUserId: alice,
        contraOrderId: taker,
        contraFilled: 4,
        contraLeaves: 0,
        tradeId: 1,
      },
    ]);
    expect(position(alice, 1)).toEqual({
      qty: 4,
      vwapUnits: -7,
      cashUnits: 28,
      openBuyQty: 0,
      openSellQty: 0,
      settledQty: 0,
    });
    expect(position(bob, 1)).toMatchObject({ qty: -4, cashUnits: -28, openSellQty: 6 });
  });

  it("lists a user's orders by ascending id, everywhere or in one instrument", () => {
    expect(engine.addInstrument(callAt100)).toBe(Reject.ok);
    const first = limit(alice, Side.buy, 1, 100);
    const second = limit(alice, Side.buy, 1, 7, 2);
    limit(bob, Side.buy, 1, 99);
    expect(engine.quote(alice, 1, 90, 5, 110, 6)).toBe(Reject.ok);
    const everywhere = engine.openOrders(alice, 0);
    expect(everywhere.map((order) => order.orderId)).toEqual([first, second, 4, 5]);
    expect(engine.openOrders(alice, 2).map((order) => order.orderId)).toEqual([second]);
    expect(everywhere[3]).toEqual({
      orderId: 5,
      userId: alice,
      inst: 1,
      side: Side.sell,
      price: 110,
      qty: 6,
      filled: 0,
      leaves: 6,
      postOnly: false,
      isQuote: true,
    });
    expect(engine.order(second)).toMatchObject({ inst: 2, price: 7 });
    expect(engine.order(99)).toBeNull();
  });

  it("keeps every event of a mass cancel, across blocks and memory growth", () => {
    engine.setLimits(alice, { ...wide, maxOpenOrders: 20_000 });
    const before = engine.memory.bytes;
    for (let i = 0; i < 10_000; i++) limit(alice, Side.buy, 1, i * 1000);
    expect(engine.cancelAll(alice, Side.sell)).toBe(Reject.ok);
    expect(engine.eventCount).toBe(0);
    expect(engine.cancelAll(alice, null)).toBe(Reject.ok);
    expect(engine.memory.bytes).toBeGreaterThan(before);
    expect(engine.outcome.cancelled).toBe(10_000);
    expect(events().map((event) => event.orderId)).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i + 1),
    );
  });

  it.each([
    ["near the touch", 40],
    ["anywhere", 2_000_000_000],
  ])("holds 20 users, 10 instruments and 1,000 orders in each, %s, in 2 MiB", (_, range) => {
    for (let user = 1; user <= 20; user++)
      expect(engine.setLimits(user, { ...wide, maxOpenOrders: 500 })).toBe(Reject.ok);
    for (let inst = 2; inst <= 10; inst++)
      expect(engine.addInstrument({ ...scalar, inst })).toBe(Reject.ok);
    const random = new Random(1);
    for (let n = 0; n < 10_000; n++) {
      const price = Math.floor((random.next() / 2 ** 32) * range) - Math.floor(range / 2);
      limit(1 + (n % 20), Side.buy, 1, price, 1 + Math.floor(n / 1_000));
    }
    expect(engine.memory.bytes).toBeLessThanOrEqual(2 * 1024 * 1024);
  });

  it("reads depth past one answer's size", () => {
    engine.setLimits(alice, { ...wide, maxOpenOrders: 2_000 });
    for (let i = 0; i < 1_200; i++) limit(alice, Side.buy, 1, i);
    const into = new Int32Array(2_400);
    expect(engine.depth(1, Side.buy, 2_000, into)).toBe(1_200);
    expect([...into.subarray(0, 2)]).toEqual([1_199, 1]);
    expect([...into.subarray(2_398)]).toEqual([0, 1]);
  });

  it("refuses numbers that do not fit instead of wrapping them", () => {
    const order = (price: number, qty: number) =>
      engine.limitOrder(alice, 1, Side.buy, price, qty, Tif.gfd, false);
    expect(order(2 ** 32 + 100, 1)).toBe(Reject.priceOutOfRange);
    expect(order(100, 2 ** 32 + 1)).toBe(Reject.orderQtyLimit);
    expect(order(100.5, 1)).toBe(Reject.badCommand);
    expect(order(Number.NaN, 1)).toBe(Reject.badCommand);
    expect(engine.cancel(2 ** 32 + 1, 1)).toBe(Reject.badCommand);
    expect(engine.settle(1, 2 ** 60, 0)).toBe(Reject.capacity);
    expect(engine.settle(9, 1, 0)).toBe(Reject.noSuchInstrument);
  });

  it("moves money to finer decimals exactly", () => {
    limit(bob, Side.sell, 10, 100);
    limit(alice, Side.buy, 10, 100);
    expect(engine.settle(1, 105_123_456, 6)).toBe(Reject.ok);
    expect(engine.decimals(1)).toBe(6);
    expect(engine.tickUnits(1)).toBe(1_000_000);
    expect(position(alice, 1).cashUnits).toBe(51_234_560);
    expect(position(bob, 1).cashUnits).toBe(-51_234_560);
  });

  it("gives money as a number while that is exact, and as a bigint beyond", () => {
    const dear = { ...callAt100, tickUnits: 1_000_000, strikeUnits: -100 };
    expect(engine.addInstrument(dear)).toBe(Reject.ok);
    const round = () => {
      for (const [side, price] of [
        [Side.sell, 900],
        [Side.buy, 0],
      ] as const) {
        limit(bob, side, 10_000, price, 2);
        limit(alice, side === Side.sell ? Side.buy : Side.sell, 10_000, price, 2);
      }
    };
    for (let n = 0; n < 1_000; n++) round();
    expect(position(alice, 2).cashUnits).toBe(-9_000_000_000_000_000);
    for (let n = 0; n < 1_000; n++) round();
    expect(position(alice, 2).cashUnits).toBe(-18_000_000_000_000_000n);
    expect(position(bob, 2).cashUnits).toBe(18_000_000_000_000_000n);
    limit(bob, Side.sell, 10_000, 900, 2);
    limit(alice, Side.buy, 10_000, 900, 2);
    expect(position(alice, 2)).toMatchObject({ qty: 10_000, vwapUnits: 900_000_000 });
    expect(engine.settle(2, 9_007_199_254_740_991, 0)).toBe(Reject.ok);
    expect(engine.settlementUnits(2)).toBe(9_007_199_254_741_091n);
    expect(events().map(({ units }) => units)).toEqual([
      9_007_199_254_741_091n,
      90_071_992_547_410_910_000n,
      -90_071_992_547_410_910_000n,
    ]);
    expect(position(alice, 2).cashUnits).toBe(
      90_071_992_547_410_910_000n - 18_009_000_000_000_000n,
    );
  });

  it("reads a payment whose lower words are zero", () => {
    expect(engine.addInstrument({ ...callAt100, strikeUnits: -(2 ** 52) })).toBe(Reject.ok);
    for (let n = 0; n < 4; n++) {
      limit(bob, Side.sell, 2 ** 12, 0, 2);
      limit(alice, Side.buy, 2 ** 12, 0, 2);
      if (n === 0) engine.setLimits(alice, { ...wide, maxPosition: 2 ** 14 });
      if (n === 0) engine.setLimits(bob, { ...wide, maxPosition: 2 ** 14 });
    }
    expect(engine.settle(2, 0, 0)).toBe(Reject.ok);
    expect(events()[1]?.units).toBe(2n ** 66n);
  });

  it("hashes equal states equally and different ones differently", () => {
    const fresh = engine.stateHash();
    expect(fresh).toMatch(/^[0-9a-f]{16}$/);
    const id = limit(alice, Side.buy, 1, 100);
    const resting = engine.stateHash();
    expect(resting).not.toBe(fresh);
    expect(engine.cancel(alice, 77)).toBe(Reject.noSuchOrder);
    expect(engine.stateHash()).toBe(resting);
    expect(engine.cancel(alice, id)).toBe(Reject.ok);
    expect(engine.stateHash()).not.toBe(fresh); // The id is used up.
  });

  it("answers null and zero for what there is not", () => {
    expect(engine.best(1, Side.buy)).toBeNull();
    expect(lastTicks(engine, 1)).toBeNull();
    expect(lastTicks(engine, 7)).toBeNull();
    expect(engine.settlementUnits(1)).toBeNull();
    expect(engine.decimals(7)).toBe(0);
    expect(position(999, 1)).toMatchObject({ qty: 0, vwapUnits: 0, cashUnits: 0 });
    expect(() => engine.readEvent(0, emptyEvent())).toThrow(RangeError);
  });
});
