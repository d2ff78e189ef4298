/** Sums, prices and path of the trades in an instrument: the same for everybody, and after every restart. */

import { describe, expect, test } from "vitest";
import { limits, type Message } from "#protocol";
import { countTraded, nothingTraded } from "./traded.ts";
import { readSnapshot, takeSnapshot } from "../journal/snapshot.ts";
import { Room } from "../room.ts";
import { silence } from "../outbox.ts";
import { historyView } from "../views/messages.ts";
import { MemoryJournal, nodeEngines, type TestUser } from "../testing/room.ts";
import { buy, codeOf, seeded, sell, table } from "../testing/table.ts";

const history = (user: TestUser, inst = 1) =>
  user.reply("get_history", { inst }) as Message<"history">;

function trade(t: ReturnType<typeof table>, qty: number, price: number) {
  sell(t.bob, qty, price);
  expect(buy(t.alice, qty, price)).toMatchObject({ filled: qty });
}

describe("snapshots and instruments", () => {
  test("carry volume, trades, first, high, low and last", () => {
    const t = table();
    const none = { volume: 0, trades: 0, first: null, high: null, low: null, last: null };
    expect(t.carol.reply("get_snapshot", { inst: 1 })).toMatchObject(none);
    for (const [qty, price] of [
      [3, 100],
      [2, 112.5],
      [5, 96],
      [1, 104],
    ] as const)
      trade(t, qty, price);
    const told = { volume: 11, trades: 4, first: 100, high: 112.5, low: 96, last: 104 };
    expect(t.carol.reply("get_snapshot", { inst: 1 })).toMatchObject(told);
    t.room.restart();
    const dave = t.room.join("dave");
    expect(dave.last("join_ack").instruments[0]).toMatchObject(told);
    expect(dave.last("snapshot")).toMatchObject(told);
  });

  test("books that are sent by themselves do not repeat them", () => {
    const t = table();
    trade(t, 1, 100);
    expect(t.carol.last("md_inc")).not.toHaveProperty("volume");
  });
});

describe("the history", () => {
  test("has the quantity at each price and the path, whoever asks", () => {
    const t = table();
    const watcher = t.room.join("watcher", "spectator");
    for (const [qty, price] of [
      [3, 100],
      [2, 99.5],
      [4, 100],
    ] as const) {
      t.room.tick(1_000);
      trade(t, qty, price);
    }
    const at = t.room.now;
    for (const user of [t.host, t.alice, watcher])
      expect(history(user)).toMatchObject({
        ...{ type: "history", inst: 1, price_step: null, ts: at, seq: t.room.room.state.seq },
        by_price: [
          [99.5, 2],
          [100, 7],
        ],
        path: [
          [at - 2_000, 100],
          [at - 1_000, 99.5],
          [at, 100],
        ],
      });
    expect(codeOf(t.alice.reply("get_history", { inst: 2 }))).toBe("NO_SUCH_INSTRUMENT");
  });

  test("is the same after a restart, a snapshot, a change of the tick, and more trades", () => {
    const t = table({ tick_size: 0.25 });
    const random = seeded(3);
    const play = (tick: number) => {
      for (let count = 0; count < 900; count++) {
        t.room.tick(1 + Math.floor(random() * 400));
        trade(t, 1 + Math.floor(random() * 9), Math.round((80 + random() * 200) / tick) * tick);
      }
    };
    play(0.25);
    t.host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.125 });
    play(0.125);
    const before = history(t.carol);
    expect(before.by_price.length).toBeLessThanOrEqual(limits.historyPrices);
    expect(before.path.length).toBeLessThanOrEqual(limits.historyPoints);
    expect(before.price_step).not.toBeNull();
    const { state, context } = t.room.room;
    const bytes = readSnapshot(takeSnapshot(state, context.engine))!;
    const engine = nodeEngines.restore(bytes.engine);
    const room = new Room(engine, new MemoryJournal(), silence, bytes.state);
    const { ts, ...told } = before;
    const restored = historyView(room.context, room.state.instruments[0]!, ts);
    expect(restored).toEqual(before);
    t.room.restart();
    expect(history(t.carol)).toMatchObject(told);
  });
});

describe("in bounded memory", () => {
  const grid = { decimals: 2, tickUnits: 25 };

  test("neighbouring prices are put together at their lowest, and no contract is lost", () => {
    const traded = nothingTraded();
    for (let tick = -400; tick < 400; tick++)
      countTraded(traded, { price: tick * 0.25, qty: 3, ts: tick + 400 }, grid);
    expect(traded.groupSize).toBe(0.5);
    expect(traded.prices).toHaveLength(400);
    expect([traded.prices[0], traded.prices.at(-1)]).toEqual([-100, 99.5]);
    expect(new Set(traded.quantities)).toEqual(new Set([6]));
    expect([traded.volume, traded.high, traded.low]).toEqual([2_400, 99.75, -100]);
    countTraded(traded, { price: -0.25, qty: 1, ts: 801 }, grid);
    expect(traded.quantities[traded.prices.indexOf(-0.5)]).toBe(7);
  });

  test("however far apart the prices are", () => {
    const traded = nothingTraded();
    const random = seeded(1);
    let sum = 0;
    for (let count = 0; count < 20_000; count++) {
      const price = Math.floor((random() - 0.5) * 2 ** (1 + (count % 31))) / 4;
      countTraded(traded, { price, qty: 1 + (count % 5), ts: count }, grid);
      sum += 1 + (count % 5);
      expect(traded.prices.length).toBeLessThanOrEqual(limits.historyPrices);
    }
    expect(traded.quantities.reduce((a, b) => a + b)).toBe(sum);
    expect(traded.prices).toEqual(traded.prices.toSorted((a, b) => a - b));
    expect(new Set(traded.prices).size).toBe(traded.prices.length);
  });

  test("the path keeps the first trade, the last, and the last of each interval; a lull stays as long", () => {
    const traded = nothingTraded();
    const trades: [number, number][] = [];
    for (let count = 0; count < 3_000; count++) {
      const ts = 1_000_000 + count * 37 + (count > 1_500 ? 3_600_000 : 0);
      trades.push([ts, count]);
      countTraded(traded, { price: count, qty: 1, ts }, { decimals: 0, tickUnits: 1 });
      expect(traded.times.length).toBeLessThanOrEqual(limits.historyPoints);
    }
    const { times, path, intervalMs } = traded;
    const points = times.map((ts, index) => [ts, path[index]]);
    const interval = (ts: number) => Math.floor(ts / intervalMs);
    const kept = trades.filter(
      ([ts], index) =>
        index === 0 || index === 2_999 || interval(ts) !== interval(trades[index + 1]![0]),
    );
    expect(points).toEqual(kept);
    expect(times.length).toBeGreaterThan(limits.historyPoints / 3);
    const gaps = times.slice(1).map((ts, index) => ts - times[index]!);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(3_600_000);
  });

  test("trades of one moment are one point, and the first of all stays beside them", () => {
    const traded = nothingTraded();
    for (let count = 0; count < 5_000; count++)
      countTraded(traded, { price: count, qty: 1, ts: 5 }, { decimals: 0, tickUnits: 1 });
    expect([traded.times, traded.path]).toEqual([
      [5, 5],
      [0, 4_999],
    ]);
    expect(traded.intervalMs).toBe(1);
  });
});
