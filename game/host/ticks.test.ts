/** Changing the tick of an instrument that is being traded. */

import { expect, test } from "vitest";
import { bookOf, buy, codeOf, pnlOf, positionOf, sell, table } from "../testing/table.ts";

test("pulls the quotes at the prices that they had, and tells all of the new grid", () => {
  const { host, alice, bob, carol } = table();
  buy(alice, 5, 99.75);
  alice.ask("quote", { inst: 1, ask: 101.01, ask_qty: 2 });
  const messages = host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5, cid: "t" });
  expect(messages.slice(0, 2)).toMatchObject([
    { type: "quotes_pulled", inst: 1, cancelled: 2, reason: "tick_size_change" },
    { type: "tick_size_updated", inst: 1, instrument_id: 1, tick_size: 0.5, cid: "t" },
  ]);
  expect(alice.all("order").map(({ price, reason, leaves }) => [price, reason, leaves])).toEqual([
    [99.75, "quotes_pulled", 0],
    [101.01, "quotes_pulled", 0],
  ]);
  expect(carol.last("quotes_pulled")).toMatchObject({ cancelled: 2, reason: "tick_size_change" });
  expect(carol.last("tick_size_updated")).toMatchObject({ tick_size: 0.5 });
  expect(carol.all("order")).toEqual([]);
  expect(bookOf(bob)).toEqual({ bids: [], asks: [] });
  expect(codeOf(buy(bob, 1, 99.75))).toBe("OFF_TICK");
  expect(codeOf(buy(bob, 1, 99.5))).toBe("no error but order_ack");
});

test("leaves positions, averages and P&L as they were, finer and coarser", () => {
  const { host, alice, bob, carol } = table({ tick_value: 3 });
  for (const [qty, price] of [
    [3, 100],
    [4, 100.5],
  ] as const) {
    sell(bob, qty, price);
    buy(alice, qty, price);
  }
  sell(bob, 1, 102);
  buy(carol, 1, 102);
  const then = [alice, bob, carol].map((user) => [positionOf(user), pnlOf(user)]);
  for (const tick_size of [0.001, 0.5, 0.25, 0.000001, 2]) {
    host.ask("update_tick_size", { instrument_id: 1, tick_size });
    expect(host.last("tick_size_updated")).toMatchObject({ tick_size });
    const now = [alice, bob, carol].map((user) => [positionOf(user), pnlOf(user)]);
    expect(now, `tick ${tick_size}`).toEqual(then);
  }
  sell(bob, 7, 104);
  buy(carol, 7, 104);
  expect(positionOf(alice)).toMatchObject({ vwap: 100.285714, mark: 104, unrealized_pnl: 78 });
  host.ask("settle", { inst: 1, value: 104.0625 });
  const total = [alice, bob, carol].reduce((sum, user) => sum + pnlOf(user).pnl * 1e6, 0);
  expect(Math.round(total)).toBe(0);
});

test("a last trade off the new grid stays the mark of everybody: P&L goes on summing to zero", () => {
  const { host, alice, bob, carol } = table();
  sell(bob, 1, 100.01);
  buy(alice, 1, 100.01);
  sell(alice, 1, 104.02);
  buy(carol, 1, 104.02);
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 1 });
  expect(positionOf(carol)).toMatchObject({ qty: 1, vwap: 104.02, mark: 104.02 });
  expect(positionOf(bob)).toMatchObject({ qty: -1, vwap: 100.01, mark: 104.02 });
  expect([alice, bob, carol].map((user) => pnlOf(user).pnl)).toEqual([4.01, -4.01, 0]);
  expect(alice.reply("get_snapshot", { inst: 1 })).toMatchObject({ last: 104.02 });
});

test("bounds that were given keep their prices, also through a coarser grid and back", () => {
  const { host, alice } = table({ tick_size: 0.05, min_price: 0.05, max_price: 10.05 });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5 });
  expect(alice.last("tick_size_updated")).toMatchObject({ min_price: 0.5, max_price: 10 });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.05 });
  expect(alice.last("tick_size_updated")).toMatchObject({ min_price: 0.05, max_price: 10.05 });
});

test("the default bounds are so many ticks of any grid", () => {
  const { host, alice } = table({ tick_size: 1 });
  host.ask("update_tick_size", { instrument_id: 1, tick_size: 0.5 });
  expect(alice.last("tick_size_updated")).toMatchObject({ min_price: -5e8, max_price: 5e8 });
});

test.each([
  [123.456789, 0.01],
  [1e6, 0.000001],
  [5_000.000001, 7],
  [10.000001, 3],
  [0.000001, 0.3],
])(
  "at the default bounds of a tick of %d, and of %d after it, orders can be entered",
  (...ticks) => {
    const { host, alice, bob } = table({ tick_size: ticks[0] });
    const check = (bounds: object) => {
      const { min_price: min, max_price: max } = bounds as Record<string, number>;
      expect(max).toBeGreaterThan(0);
      expect(min).toBe(-max!);
      expect(buy(alice, 1, min)).toMatchObject({ type: "order_ack", price: min });
      expect(sell(bob, 1, max)).toMatchObject({ type: "order_ack", price: max });
      expect(codeOf(sell(bob, 1, 2 * max!))).toBe("PRICE_OUT_OF_RANGE");
    };
    check(alice.last("instrument_added").instrument);
    host.ask("update_tick_size", { instrument_id: 1, tick_size: ticks[1] });
    check(alice.last("tick_size_updated"));
  },
);

test("a tick that is none is refused and changes nothing", () => {
  const { host, alice } = table();
  buy(alice, 1, 99.01);
  for (const tick_size of [0, -0.01, 1e-7, 0.0000015, 1e7])
    expect(
      codeOf(host.reply("update_tick_size", { instrument_id: 1, tick_size })),
      String(tick_size),
    ).toBe("BAD_REQUEST");
  expect(codeOf(host.reply("update_tick_size", { instrument_id: 2, tick_size: 1 }))).toBe(
    "NO_SUCH_INSTRUMENT",
  );
  expect(bookOf(alice).bids).toEqual([[99.01, 1]]);
});
