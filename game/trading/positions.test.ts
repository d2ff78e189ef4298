/** Positions and P&L: against an exact model, at every kind of mark. */

import { describe, expect, test } from "vitest";
import { exactly, Ledger, micros } from "../testing/ledger.ts";
import { recordSession } from "../testing/record.ts";
import { newEngine } from "../testing/room.ts";
import { buy, pnlOf, positionOf, seeded, sell, table } from "../testing/table.ts";
import type { TestUser } from "../testing/room.ts";

describe("one position", () => {
  test("averages additions, realises reductions, and shows both", () => {
    const { alice, bob } = table();
    const trade = (side: "buy" | "sell", qty: number, price: number) => {
      (side === "buy" ? sell : buy)(bob, qty, price);
      (side === "buy" ? buy : sell)(alice, qty, price);
      const { qty: held, vwap, realized_pnl, unrealized_pnl, mark } = positionOf(alice)!;
      return [held, vwap, realized_pnl, unrealized_pnl, mark];
    };
    expect(trade("buy", 1, 100)).toEqual([1, 100, 0, 0, 100]);
    expect(trade("buy", 2, 101)).toEqual([3, 100.666667, 0, 1, 101]);
    expect(trade("sell", 1, 102)).toEqual([2, 100.666667, 1.333333, 2.666667, 102]);
    // Crossing zero realises the whole old position and opens the rest at the trade's price.
    expect(trade("sell", 5, 99)).toEqual([-3, 99, -2, 0, 99]);
    expect(trade("buy", 3, 98)).toEqual([0, 0, 1, 0, 98]);
    expect(pnlOf(alice)).toMatchObject({ pnl: 1, realized: 1, unrealized: 0 });
    expect(pnlOf(bob)).toMatchObject({ pnl: -1 });
  });

  test("is marked at the mid of the book, else at the last trade, else at its settlement", () => {
    const { host, alice, bob, carol } = table();
    sell(bob, 1, 100);
    buy(alice, 1, 100);
    expect(positionOf(alice)).toMatchObject({ mark: 100, unrealized_pnl: 0 });
    buy(carol, 1, 103);
    expect(positionOf(alice)).toMatchObject({ mark: 100 });
    sell(carol, 1, 103.01);
    expect(positionOf(alice)).toMatchObject({ mark: 103.005, unrealized_pnl: 3.005 });
    expect(positionOf(bob)).toMatchObject({ mark: 103.005, unrealized_pnl: -3.005 });
    carol.ask("cancel_all", { side: "buy" });
    expect(positionOf(alice)).toMatchObject({ mark: 100 });
    host.ask("settle", { inst: 1, value: 90 });
    expect(positionOf(alice)).toMatchObject({
      qty: 0,
      mark: 90,
      realized_pnl: -10,
      unrealized_pnl: 0,
    });
  });

  test("earns its tick value a point", () => {
    const { alice, bob } = table({ tick_size: 0.25, tick_value: 12.5 });
    sell(bob, 4, 10.25);
    buy(alice, 4, 10.25);
    sell(bob, 1, 11);
    buy(bob, 1, 10.75);
    expect(positionOf(alice)).toMatchObject({ vwap: 10.25, mark: 10.875, unrealized_pnl: 31.25 });
    expect(pnlOf(bob)).toMatchObject({ pnl: -31.25 });
  });

  test("a user who has not traded has none", () => {
    const { alice, carol } = table();
    buy(alice, 1, 100);
    expect(positionOf(carol)).toBeUndefined();
    expect(pnlOf(carol)).toEqual({ type: "pnl", pnl: 0, realized: 0, unrealized: 0 });
  });
});

describe.each([1, 2, 3])("a random game of seed %i", (seed) => {
  const listed = [
    { symbol: "A", type: "SCALAR", tick_size: 0.01, tick_value: 1 },
    { symbol: "B", type: "SCALAR", tick_size: 0.25, tick_value: 12.5 },
    { symbol: "C", type: "SCALAR", tick_size: 5, tick_value: 0.01 },
  ] as const;

  function play() {
    const { room, host, alice, bob, carol } = table();
    host.ask("set_limits", { orders_per_sec: 1000, max_position: 1_000_000 });
    for (const instrument of listed) host.ask("add_instrument", instrument);
    const users = [alice, bob, carol, room.join("dave")];
    const ledgers = users.map(() => listed.map(({ tick_value }) => new Ledger(tick_value)));
    const random = seeded(seed);
    const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!;
    const read = users.map(() => 0);

    /** One order of a random user in a random instrument, around a middle that may be below zero. */
    const step = () => {
      room.tick(20);
      const index = Math.floor(random() * listed.length);
      const { tick_size: tick } = listed[index]!;
      const ticks = Math.round((random() - 0.5) * 40) - 10 * seed;
      pick(users).ask("order_new", {
        inst: index + 2,
        side: pick(["buy", "sell"]),
        qty: 1 + Math.floor(random() * 30),
        price: Number((ticks * tick).toFixed(2)),
        tif: pick(["GFD", "GFD", "IOC"]),
      });
      if (random() < 0.02) pick(users).ask("cancel_all", {});
    };
    /** Books the fills that have arrived since the last call. */
    const book = () =>
      users.forEach((user, who) => {
        for (const message of user.inbox.slice(read[who]))
          if (message.type === "fill")
            ledgers[who]![message.inst - 2]!.fill(message.side, message.qty, message.price);
        read[who] = user.inbox.length;
      });
    return { host, users, ledgers, step, book };
  }

  function check(users: TestUser[], ledgers: Ledger[][]) {
    listed.forEach((_, index) => {
      const inst = index + 2;
      const held = ledgers.reduce((sum, own) => sum + own[index]!.qty, 0n);
      expect(held).toBe(0n);
      users.forEach((user, who) => {
        const ledger = ledgers[who]![index]!;
        const shown = positionOf(user, inst);
        expect(BigInt(shown?.qty ?? 0)).toBe(ledger.qty);
        if (shown === undefined) return;
        const mark = exactly(shown.mark ?? 0);
        near(shown.vwap, micros(ledger.vwap));
        near(shown.realized_pnl, micros(ledger.realized));
        near(shown.unrealized_pnl, micros(ledger.unrealized(mark)));
        near(shown.realized_pnl + shown.unrealized_pnl, micros(ledger.pnl(mark)));
      });
    });
    const total = users.reduce((sum, user) => sum + Math.round(pnlOf(user).pnl * 1e6), 0);
    expect(total).toBe(0);
  }

  /** Compares numbers shown to six decimals; realised and unrealised P&L may share one rounding. */
  function near(shown: number, exact: number) {
    expect(Math.abs(shown * 1e6 - exact), `${shown} against ${exact} millionths`).toBeLessThan(1.2);
  }

  test("every position equals the exact model, P&L sums to zero, also after settlement", () => {
    const { host, users, ledgers, step, book } = play();
    for (let count = 1; count <= 1_500; count++) {
      step();
      if (count % 50 !== 0) continue;
      book();
      check(users, ledgers);
    }
    const values = [-0.137, 12.3456, -62.5];
    values.forEach((value, index) => host.ask("settle", { inst: index + 2, value }));
    const total = users.map((user, who) => {
      const exact = values.reduce(
        (sum, value, index) => sum + micros(ledgers[who]![index]!.pnl(exactly(value))),
        0,
      );
      near(pnlOf(user).pnl, exact);
      expect(pnlOf(user).unrealized).toBe(0);
      return Math.round(pnlOf(user).pnl * 1e6);
    });
    expect(total.reduce((sum, one) => sum + one)).toBe(0);
    expect(users.flatMap((user) => user.all("fill")).length).toBeGreaterThan(1_000);
  });
});

test("money has the decimals that tick and tick value need together, on the wire as in files", () => {
  const { room, host, alice, bob } = table({ tick_size: 0.0001, tick_value: 0.0001 });
  sell(bob, 3, 5);
  buy(alice, 3, 5);
  host.ask("settle", { inst: 1, value: 5.0001 });
  expect([pnlOf(alice).pnl, pnlOf(bob).pnl]).toEqual([0.00000003, -0.00000003]);
  expect(positionOf(alice)).toMatchObject({ realized_pnl: 0.00000003 });
  expect(alice.last("settlement").payout).toEqual({ qty: 3, payout: 0.00150003 });
  room.tick(1_000);
  expect(alice.last("leaderboard").rows.map(({ pnl }) => pnl)).toEqual([
    0.00000003, 0, -0.00000003,
  ]);
  const { data } = recordSession(newEngine(), room.journal.entries);
  expect(data.pnl.map(({ pnl }) => pnl)).toEqual([0.00000003, 0, -0.00000003]);
  expect(data.positions[0]).toMatchObject({ payout: 0.00150003, pnl: 0.00000003 });
});
