/** The exported tables against the messages that the clients got. */

import { describe, expect, test } from "vitest";
import { exportTables, tableNames } from "#protocol";
import { recordInSlices, recordSession } from "../testing/record.ts";
import { newEngine, nodeEngines } from "../testing/room.ts";
import { playRandomGame } from "../testing/random-game.ts";
import { buy, ordersOf, sell, table } from "../testing/table.ts";

describe.each([4, 5])("the record of a random game, seed %i", (seed) => {
  const { room, host } = playRandomGame(seed, 2_000);
  const players = room.users.filter((user) => user !== host);
  const { data, ...head } = recordSession(newEngine(), room.journal.entries);

  test("has the columns of the protocol, and numbers that are numbers", () => {
    for (const name of tableNames) {
      // Rounds are played in record-of-rounds.test.ts.
      if (!["rounds", "hands", "scores"].includes(name))
        expect(data[name].length, name).toBeGreaterThan(0);
      for (const row of data[name]) {
        expect(Object.keys(row).sort()).toEqual(Object.keys(exportTables[name]).sort());
        for (const [column, kind] of Object.entries(exportTables[name])) {
          const cell: unknown = (row as Record<string, unknown>)[column];
          const types = { int: "number", number: "number", time: "number", text: "string" };
          if (cell !== null)
            expect(typeof cell, column).toBe(kind === "bool" ? "boolean" : types[kind]);
          if (kind === "int" && cell !== null) expect(Number.isInteger(cell), column).toBe(true);
          if (typeof cell === "number") expect(Number.isFinite(cell), column).toBe(true);
        }
      }
    }
  });

  test("trades: exactly the fills that buyer and seller were sent", () => {
    const fills = players.flatMap((user) => user.all("fill"));
    expect(fills).toHaveLength(2 * data.trades.length);
    expect(data.trades.map((trade) => trade.trade_id)).toEqual(data.trades.map((_, i) => i + 1));
    for (const trade of data.trades) {
      const { trade_id, inst, price, qty, ts, seq } = trade;
      const common = { inst, price, qty, ts, seq };
      const own = fills.filter((fill) => fill.trade_id === trade_id);
      const [bought, sold] = ["buy", "sell"].map((side) => own.find((fill) => fill.side === side));
      expect(bought).toMatchObject({
        ...common,
        user_id: trade.buyer_id,
        order_id: trade.buy_order_id,
        liquidity: trade.aggressor === "buy" ? "taker" : "maker",
      });
      expect(sold).toMatchObject({
        ...common,
        user_id: trade.seller_id,
        order_id: trade.sell_order_id,
        liquidity: trade.aggressor === "sell" ? "taker" : "maker",
      });
    }
  });

  test("orders: every acknowledged one once, filled as the fills say, open as their owner sees", () => {
    const acked = players.flatMap((user) =>
      user
        .all("order_ack")
        .filter((ack) => ack.duplicate === undefined)
        .map((ack) => ack.order_id),
    );
    const rows = new Map(data.orders.map((order) => [order.order_id, order]));
    expect(rows.size).toBe(data.orders.length);
    for (const id of acked) expect(rows.has(id)).toBe(true);
    const filled = new Map<number, number>();
    for (const user of players)
      for (const { order_id, qty } of user.all("fill"))
        filled.set(order_id, (filled.get(order_id) ?? 0) + qty);
    for (const order of data.orders) {
      expect(order.filled, JSON.stringify(order)).toBe(filled.get(order.order_id!) ?? 0);
      if (order.status === "filled") expect(order.filled).toBe(order.qty);
      if (order.status === "open") expect(order.filled).toBe(0);
      if (order.status === "partial") expect(order.filled).toBeLessThan(order.qty!);
      expect(order.updated_ts).toBeGreaterThanOrEqual(order.ts!);
    }
    const resting = data.orders.filter(({ status }) => status === "open" || status === "partial");
    const shown = [...new Map(players.map((user) => [user.userId, user])).values()]
      .filter((user) => !room.room.state.users.get(user.userId)!.kicked)
      .flatMap((user) => ordersOf(user));
    const brief = (order: { order_id: number | null; price: number | null; qty: number | null }) =>
      `${order.order_id} ${order.price} ${order.qty}`;
    expect(resting.map(brief).sort()).toEqual(shown.map(brief).sort());
  });

  test("positions and pnl: as the exchange and the leaderboard show them, summing to zero", () => {
    host.ask("get_positions", {});
    for (const row of host.last("positions").positions)
      expect(
        data.positions.find(({ user_id, inst }) => user_id === row.user_id && inst === row.inst),
      ).toMatchObject({
        qty: row.qty,
        vwap: row.vwap,
        realized_pnl: row.realized_pnl,
        unrealized_pnl: row.unrealized_pnl,
      });
    const board = host.last("leaderboard").rows;
    expect(data.pnl.map(({ rank, user_id, pnl }) => [rank, user_id, pnl])).toEqual(
      board.map(({ user_id, pnl }, index) => [index + 1, user_id, pnl]),
    );
    for (const row of data.pnl) {
      const own = players.filter((user) => user.userId === row.user_id);
      const fills = own.flatMap((user) => user.all("fill"));
      const sum = (of: typeof fills) => of.reduce((total, { qty }) => total + qty, 0);
      expect(row).toMatchObject({
        trades: fills.length,
        volume: sum(fills),
        maker_qty: sum(fills.filter(({ liquidity }) => liquidity === "maker")),
        taker_qty: sum(fills.filter(({ liquidity }) => liquidity === "taker")),
      });
    }
  });

  test("events: every accepted command in order, with no secret", () => {
    expect(data.events.map(({ seq }) => seq)).toEqual(
      data.events.map(({ seq }) => seq).sort((a, b) => a! - b!),
    );
    expect(data.events[0]).toMatchObject({ op: "create_room", user_id: 0, name: "" });
    const accepted = room.journal.entries.filter((row) => row.reply?.type !== "error");
    expect(data.events).toHaveLength(accepted.length);
    const text = JSON.stringify({ data, head });
    for (const secret of ["hash-of", "token", "Hash", ...room.users.map((user) => user.token)])
      expect(text).not.toContain(secret);
    for (const { detail } of data.events) expect(() => JSON.parse(detail!)).not.toThrow();
  });

  test.each([1, 7, 100, 10_000])("made in slices of %i entries it is the same", (entries) => {
    const { participants, ...tables } = recordInSlices(room.journal.entries, nodeEngines, entries);
    expect(tables).toEqual(data);
    expect(participants).toEqual(head.participants);
  });
});

test("a small session, row by row", () => {
  const { room, host, alice, bob } = table({ tick_size: 0.5, tick_value: 2 });
  host.ask("add_instrument", { symbol: "XC", type: "CALL", reference_id: 1, strike: 100 });
  sell(bob, 5, 99.5, { cid: "b1" });
  room.tick(1_000);
  buy(alice, 2, 101, { cid: "a1", tif: "IOC" });
  buy(alice, 1, undefined, { type: "market" });
  host.ask("settle", { inst: 1, value: 101.25 });
  host.ask("session", { state: "closed" });
  const { data, closedAt, participants } = recordSession(newEngine(), room.journal.entries);
  const start = 1_000_000;
  expect(closedAt).toBe(start + 1_000);
  expect(participants.map(({ name, role }) => [name, role])).toEqual([
    ["Exchange", "exchange"],
    ["alice", "trader"],
    ["bob", "trader"],
    ["carol", "trader"],
  ]);
  expect(data.trades).toMatchObject([
    {
      ...{ trade_id: 1, ts: start + 1_000, inst: 1, symbol: "X", price: 99.5, qty: 2 },
      ...{ aggressor: "buy", buyer_id: 2, buyer: "alice", seller_id: 3, seller: "bob" },
      ...{ buy_order_id: 2, sell_order_id: 1 },
    },
    { trade_id: 2, qty: 1, buy_order_id: 3 },
  ]);
  const common = { inst: 1, symbol: "X", post_only: false, round: null };
  expect(data.orders).toEqual([
    {
      ...{ order_id: 1, cid: "b1", ts: start, updated_ts: start + 1_000, user_id: 3, name: "bob" },
      ...{ ...common, side: "sell", type: "limit", tif: "GFD", price: 99.5, qty: 5, filled: 3 },
      status: "cancelled",
    },
    {
      ...{ order_id: 2, cid: "a1", ts: start + 1_000, updated_ts: start + 1_000, user_id: 2 },
      ...{ ...common, name: "alice", side: "buy", type: "limit", tif: "IOC", price: 101 },
      ...{ qty: 2, filled: 2, status: "filled" },
    },
    {
      ...{ order_id: 3, cid: null, ts: start + 1_000, updated_ts: start + 1_000, user_id: 2 },
      ...{ ...common, name: "alice", side: "buy", type: "market", tif: "IOC", price: null },
      ...{ qty: 1, filled: 1, status: "filled" },
    },
  ]);
  expect(data.positions).toEqual([
    {
      ...{ user_id: 2, name: "alice", inst: 1, symbol: "X", qty: 0, vwap: 0, mark: 101.25 },
      ...{ realized_pnl: 10.5, unrealized_pnl: 0 },
      ...{ settled_qty: 3, settlement: 101.25, payout: 607.5, pnl: 10.5, round: null },
    },
    {
      ...{ user_id: 3, name: "bob", inst: 1, symbol: "X", qty: 0, vwap: 0, mark: 101.25 },
      ...{ realized_pnl: -10.5, unrealized_pnl: 0 },
      ...{ settled_qty: -3, settlement: 101.25, payout: -607.5, pnl: -10.5, round: null },
    },
  ]);
  expect(data.pnl.map(({ rank, name, pnl, trades }) => [rank, name, pnl, trades])).toEqual([
    [1, "alice", 10.5, 2],
    [2, "carol", 0, 0],
    [3, "bob", -10.5, 2],
  ]);
  expect(data.instruments).toEqual([
    {
      ...{ inst: 1, symbol: "X", type: "SCALAR", reference: null, strike: null, tick_size: 0.5 },
      ...{ lot_size: 1, tick_value: 2, settlement: 101.25, description: null, round: null },
      ...{ min_price: -500_000_000, max_price: 500_000_000 },
    },
    {
      ...{ inst: 2, symbol: "XC", type: "CALL", reference: "X", strike: 100, tick_size: 0.01 },
      ...{ lot_size: 1, tick_value: 1, settlement: 1.25, description: null, round: null },
      ...{ min_price: 0, max_price: 10_000_000 },
    },
  ]);
  expect(data.events.map(({ op, user_id }) => [op, user_id])).toEqual([
    ["create_room", 0],
    ...[1, 2, 3, 4].map((user) => ["join", user]),
    ["add_instrument", 1],
    ["add_instrument", 1],
    ["order_new", 3],
    ["order_new", 2],
    ["order_new", 2],
    ["settle", 1],
    ["session", 1],
  ]);
});

test("equals share a rank, a position that is open has no payout, and who was removed is named", () => {
  const { room, host, alice, bob, carol } = table({
    description: "Rain",
    min_price: 0,
    max_price: 200,
  });
  sell(bob, 5, 100);
  buy(alice, 5, 100);
  host.ask("kick", { user_id: carol.userId });
  const { data } = recordSession(newEngine(), room.journal.entries);
  expect(data.pnl.map(({ rank, name }) => [rank, name])).toEqual([
    [1, "alice"],
    [1, "bob"],
  ]);
  expect(data.positions[0]).toMatchObject({
    ...{ qty: 5, settled_qty: null, settlement: null, payout: null, pnl: 0 },
  });
  expect(data.instruments[0]).toMatchObject({
    ...{ description: "Rain", min_price: 0, max_price: 200 },
  });
  expect(JSON.parse(data.events.at(-1)!.detail!)).toEqual({
    ...{ user_id: carol.userId, name: "carol" },
  });
});
